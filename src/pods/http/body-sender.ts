import { CHUNK_BYTES, WINDOW_BYTES, type Post } from './wire.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Read = ReadableStreamReadResult<Bytes>;

/** What goes into a message's head: the whole body, or its first bytes and how to get the rest. */
export interface BodyStart {
  readonly body: Bytes | null;
  readonly rest: BodyRest | null;
}

export interface BodyRest {
  readonly reader: ReadableStreamDefaultReader<Bytes>;
  /** Read already, too large for the head. */
  readonly first: Bytes | null;
  readonly next: Promise<Read>;
}

/** Reads far enough to know whether the body is already complete: a short body then needs one message. */
export async function startBody(stream: ReadableStream | null): Promise<BodyStart> {
  if (!stream) return { body: null, rest: null };
  const reader = (stream as ReadableStream<Bytes>).getReader();
  const read = await reader.read();
  if (read.done) return { body: null, rest: null };
  const first = checkBytes(read.value);
  const next = reader.read();
  const second = await Promise.race([next, severalTurns()]);
  if (second?.done) return { body: standAlone(first), rest: null };
  if (first.byteLength > CHUNK_BYTES) return { body: null, rest: { reader, first, next } };
  return { body: standAlone(first), rest: { reader, first: null, next } };
}

/** Sends the rest of a body as the other side grants credit. */
export class BodySender {
  readonly #id: number;
  readonly #post: Post;
  #credit: number;
  #wake: (() => void) | null = null;
  #reader: BodyRest['reader'] | null = null;
  #isStopped = false;

  constructor(id: number, post: Post, spent: number) {
    this.#id = id;
    this.#post = post;
    this.#credit = WINDOW_BYTES - spent;
  }

  /** Resolves when everything is sent or the sender was stopped; rejects when the body's source fails. */
  async send({ reader, first, next }: BodyRest): Promise<void> {
    this.#reader = reader;
    if (first) await this.#sendPieces(first);
    let read = await next;
    while (!read.done && !this.#isStopped) {
      await this.#sendPieces(checkBytes(read.value));
      read = await reader.read();
    }
    if (!this.#isStopped) this.#post({ t: 'end', id: this.#id });
  }

  /** The receiver took this many bytes. */
  grant(bytes: number): void {
    this.#credit = Math.min(this.#credit + bytes, WINDOW_BYTES);
    this.#wake?.();
  }

  /** Nothing more will be wanted. */
  stop(reason: unknown): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#wake?.();
    // The source may already have failed; whoever reads it has that error.
    this.#reader?.cancel(reason).catch(() => undefined);
  }

  async #sendPieces(bytes: Bytes): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
      while (this.#credit <= 0 && !this.#isStopped) await this.#moreCredit();
      if (this.#isStopped) return;
      const piece = bytes.slice(at, at + CHUNK_BYTES);
      this.#credit -= piece.byteLength;
      this.#post({ t: 'chunk', id: this.#id, bytes: piece }, [piece.buffer]);
    }
  }

  #moreCredit(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function checkBytes(value: unknown): Bytes {
  if (value instanceof Uint8Array) return value as Bytes;
  throw new TypeError(`A body stream gave ${typeof value}; it must give Uint8Array chunks.`);
}

/** Structured clone copies the whole buffer behind a view, so a view is cut out first. */
function standAlone(bytes: Bytes): Bytes {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** Long enough for a stream that is complete to say so, without waiting for a timer. */
async function severalTurns(): Promise<null> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  return null;
}
