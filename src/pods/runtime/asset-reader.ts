import type { HostMessage } from '../control/messages.ts';

type Answer = Extract<HostMessage, { t: 'asset' | 'asset-missing' }>;

/** Asks the platform for files by path and waits for its answers. */
export class AssetReader {
  readonly #ask: (id: number, path: string) => void;
  readonly #waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>();
  #nextId = 1;

  constructor(ask: (id: number, path: string) => void) {
    this.#ask = ask;
  }

  read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const id = this.#nextId;
    this.#nextId += 1;
    const waiting = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    this.#waiting.set(id, waiting);
    this.#ask(id, path);
    return waiting.promise;
  }

  settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.t === 'asset') waiting?.resolve(answer.bytes);
    else waiting?.reject(new Error(answer.message));
  }
}
