import { expect, test } from 'vitest';
import { applyKey, EMPTY_LINE, splitKeys, type Line } from './line-editor.ts';

function type(keys: string, from: Line = EMPTY_LINE): Line {
  return splitKeys(keys).reduce((line, key) => applyKey(line, key).line, from);
}

test('typing inserts at the cursor and Home, End and arrows move it', () => {
  expect(type('pods\x1b[Hget \x1b[F -w')).toEqual({ text: 'get pods -w', cursor: 11 });
  expect(type('abc\x1b[D\x1b[DX')).toEqual({ text: 'aXbc', cursor: 2 });
});

test('Ctrl+W takes the word before the cursor, Ctrl+U everything before it, Ctrl+K everything after', () => {
  expect(type('kubectl get pods \x17').text).toBe('kubectl get ');
  expect(type('kubectl get\x1bb\x15').text).toBe('get');
  expect(type('kubectl get\x1bb\x0b').text).toBe('kubectl ');
});

test('backspace removes a whole character outside the basic plane', () => {
  expect(type('a\u{1F600}\x7f')).toEqual({ text: 'a', cursor: 1 });
});

test('backspace at the start and delete at the end change nothing', () => {
  expect(type('\x7fab\x1b[3~')).toEqual({ text: 'ab', cursor: 2 });
});

test('a paste of two lines submits the first and keeps the second to be typed', () => {
  const keys = splitKeys('ls\rpwd');
  expect(keys).toEqual(['l', 's', '\r', 'p', 'w', 'd']);
  expect(applyKey(type('ls'), '\r').action).toBe('submit');
});

test('unknown escape sequences are not typed into the line', () => {
  expect(type('a\x1b[15~b\x1b[1;2P')).toEqual({ text: 'ab', cursor: 2 });
});
