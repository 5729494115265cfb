import { ExchangeFailed } from '../exchange-failure.ts';
import { CHUNK_BYTES, WINDOW_BYTES, type Post } from './wire.ts';

/** Turns arriving chunks into a stream and grants credit as that stream is read. */
export class BodyReceiver {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #id: number;
  readonly #post: Post;
  #controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  readonly #queue: Uint8Array<ArrayBuffer>[] = [];
  #queued = 0;
  #taken = 0;
  #total = 0;
  readonly #maxBytes: number;
  #isWanted = false;
  #isEnded = false;
  #isClosed = false;

  /** `onCancel` is called when the reader gives up before the end. */
  constructor(id: number, post: Post, maxBytes: number, onCancel: (reason: unknown) => void) {
    this.#id = id;
    this.#post = post;
    this.#maxBytes = maxBytes;
    this.stream = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          this.#isWanted = true;
          this.#deliver();
        },
        cancel: (reason) => {
          this.#isClosed = true;
          onCancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Throws `ExchangeFailed` when the sender ignores its credit or sends more than allowed. */
  push(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isClosed || this.#isEnded) return;
    this.#queued += bytes.byteLength;
    this.#total += bytes.byteLength;
    if (this.#queued > WINDOW_BYTES + CHUNK_BYTES)
      throw new ExchangeFailed('bad-response', 'The sender ignored back-pressure.');
    if (this.#total > this.#maxBytes)
      throw new ExchangeFailed(
        'bad-response',
        `The body is larger than the limit of ${this.#maxBytes} bytes.`,
      );
    this.#queue.push(bytes);
    this.#deliver();
  }

  end(): void {
    this.#isEnded = true;
    this.#deliver();
  }

  fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#queue.length = 0;
    this.#controller.error(error);
  }

  #deliver(): void {
    if (this.#isClosed) return;
    const next = this.#isWanted ? this.#queue.shift() : undefined;
    if (next) {
      this.#isWanted = false;
      this.#take(next.byteLength);
      this.#controller.enqueue(next);
    }
    if (this.#isEnded && this.#queue.length === 0) {
      this.#isClosed = true;
      this.#controller.close();
    }
  }

  /** Credit goes back in quarters of the window: one message for several chunks. */
  #take(bytes: number): void {
    this.#queued -= bytes;
    this.#taken += bytes;
    if (this.#taken < WINDOW_BYTES / 4 || this.#isEnded) return;
    this.#post({ t: 'credit', id: this.#id, bytes: this.#taken });
    this.#taken = 0;
  }
}
