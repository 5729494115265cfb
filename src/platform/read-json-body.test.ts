import { expect, test } from 'vitest';
import { z } from 'zod';
import { readJsonBody } from './read-json-body.ts';

const expected = { schema: z.strictObject({ lesson: z.string() }), longest: 1024 };

const send = (body: string) =>
  readJsonBody(new Request('http://a/', { method: 'POST', body }), expected);

test('a body that the schema takes is read', async () => {
  expect(await send('{"lesson":"queues"}')).toEqual({ kind: 'read', value: { lesson: 'queues' } });
});

test('what is no JSON, or JSON of another form, is refused with 400 and what was expected', async () => {
  expect([await send('<!doctype html>'), await send(''), await send('{"lesson":7}')])
    .toMatchInlineSnapshot(`
    [
      {
        "kind": "refused",
        "status": 400,
        "why": "✖ Invalid input: expected object, received undefined",
      },
      {
        "kind": "refused",
        "status": 400,
        "why": "✖ Invalid input: expected object, received undefined",
      },
      {
        "kind": "refused",
        "status": 400,
        "why": "✖ Invalid input: expected string, received number
      → at lesson",
      },
    ]
  `);
});

test('a body over the limit is refused with 413, however much of it is JSON', async () => {
  expect(await send(JSON.stringify({ lesson: 'x'.repeat(1024) }))).toEqual({
    kind: 'refused',
    status: 413,
    why: 'At most 1 KiB at once.',
  });
});
