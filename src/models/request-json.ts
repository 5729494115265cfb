import { bodyTooLong, inputInvalid } from './errors.ts';

const MOST_BYTES = 65_536;

/** The JSON in a request's body; rejects with a ModelError when it is too long, not UTF-8 or not JSON. */
export async function readJson(request: Request, mostBytes = MOST_BYTES): Promise<unknown> {
  const text = decode(await readBytes(request, mostBytes));
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const found = text.trim() === '' ? 'nothing' : `something else (${reasonOf(cause)})`;
    throw inputInvalid(found, "request's body", 'JSON');
  }
}

/** Stops reading at the limit: a body may be endless. */
async function readBytes(request: Request, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Not `for await`: WebKit's streams are not iterable.
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > mostBytes) {
      await reader?.cancel();
      throw bodyTooLong(mostBytes);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw inputInvalid('bytes that are not UTF-8', "request's body", 'text in UTF-8');
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 120) : String(cause);
}
