import type { HostMessage } from '../control/messages.ts';

const MAX_WAITING = 32;
const PATH = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Answers a container's file reads, refusing paths that could lead anywhere else. */
export class Assets {
  readonly #read: (path: string) => Promise<Uint8Array>;
  readonly #tell: (message: HostMessage) => void;
  #waiting = 0;

  constructor(read: (path: string) => Promise<Uint8Array>, tell: (message: HostMessage) => void) {
    this.#read = read;
    this.#tell = tell;
  }

  async answer(id: number, path: string): Promise<void> {
    const refusal = this.#refuse(path);
    if (refusal) {
      this.#tell({ t: 'asset-missing', id, message: refusal });
      return;
    }
    this.#waiting += 1;
    try {
      const bytes = await this.#read(path);
      this.#tell({ t: 'asset', id, bytes: standAlone(bytes) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#tell({ t: 'asset-missing', id, message });
    } finally {
      this.#waiting -= 1;
    }
  }

  #refuse(path: string): string | null {
    if (!PATH.test(path)) return `${path} is not the path of a file that an image may read.`;
    return this.#waiting < MAX_WAITING ? null : `${MAX_WAITING} files are already being read.`;
  }
}

/** Structured clone copies the whole buffer behind a view. */
function standAlone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  return isWhole && bytes.buffer instanceof ArrayBuffer
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes);
}
