import { expect, it } from 'vitest';
import { readJson } from './request-json.ts';

const post = (body: BodyInit | null): Request =>
  new Request('http://triage/classify', { method: 'POST', body, duplex: 'half' } as RequestInit);

it('reads JSON, also when it comes in pieces that cut a character', async () => {
  const bytes = new TextEncoder().encode('{"text":"disque plein à 97 %"}');
  const cut = bytes.indexOf(0xc3) + 1;
  const pieces = [bytes.slice(0, cut), bytes.slice(cut)];
  const stream = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  expect(await readJson(post(stream))).toEqual({ text: 'disque plein à 97 %' });
});

it.each([
  ['nothing', '', 400, "The request's body must be JSON, found nothing."],
  ['an open bracket', '{"text":', 400, "The request's body must be JSON, found something else ("],
  [
    'bytes that are no UTF-8',
    Uint8Array.of(123, 34, 0xff, 0xfe, 34, 125),
    400,
    "The request's body must be text in UTF-8, found bytes that are not UTF-8.",
  ],
  ['too much', 'x'.repeat(70_000), 413, "The request's body has more than 65536 bytes."],
])('refuses %s', async (_, body, status, message) => {
  await expect(readJson(post(body))).rejects.toMatchObject({
    status,
    message: expect.stringContaining(message) as string,
  });
});

it('stops reading a body without end at the limit', async () => {
  let made = 0;
  let isCancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      made += 1;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel() {
      isCancelled = true;
    },
  });
  await expect(readJson(post(endless), 5000)).rejects.toMatchObject({ code: 'InputTooLong' });
  expect(made).toBeLessThan(12);
  expect(isCancelled).toBe(true);
});
