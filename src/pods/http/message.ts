import type { HeaderPairs } from './wire.ts';
import { startBody, type BodyStart } from './body-sender.ts';
import { wholeBody } from './whole-body.ts';

/** Whether `Request` takes a stream as its body here: Firefox would send the text "[object ReadableStream]". */
export const canStreamRequests: boolean = (() => {
  let isRead = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      isRead = true;
      return 'half';
    },
  };
  try {
    return !new Request('http://probe/', init).headers.has('content-type') && isRead;
  } catch {
    return false; // An engine that refuses the stream outright has answered the question.
  }
})();

/** The body of a request or response, whole where that is known or quickly found. */
export async function openBody(message: Request | Response): Promise<BodyStart> {
  const whole = wholeBody(message);
  if (whole !== undefined) return { body: whole, rest: null };
  // Firefox has no Request.body.
  if (message instanceof Request && message.body === undefined) return readWhole(message);
  return startBody(message.body);
}

/** Names and values as the wire carries them. */
export function headerPairs(headers: Headers): HeaderPairs {
  return [...headers];
}

async function readWhole(request: Request): Promise<BodyStart> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  return { body: bytes.byteLength === 0 ? null : bytes, rest: null };
}
