import { afterEach, expect, test } from 'vitest';
import { wholeBody } from '../http/whole-body.ts';
import { rememberResponses } from './known-responses.ts';

const native = globalThis.Response;

afterEach(() => {
  globalThis.Response = native;
});

test('a response made of a text is known whole, with its headers and status', async () => {
  rememberResponses();
  const response = new Response('déjà', { status: 201, headers: { 'x-a': 'b' } });
  expect(new TextDecoder().decode(wholeBody(response) ?? new Uint8Array())).toBe('déjà');
  expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([
    201,
    'b',
    'déjà',
  ]);
  expect(wholeBody(response)).toBeUndefined();
});

test('every response is one of the class, however it was made, and a class may extend it', () => {
  rememberResponses();
  class Own extends Response {}
  expect(Response.json({}) instanceof Response).toBe(true);
  expect(new Own('a') instanceof Own).toBe(true);
  expect(wholeBody(Response.json({}))).toBeUndefined();
});
