/** How much slower than on a quiet machine a thread gets its work done at present. */
export interface Pace {
  /** 1 on a quiet machine; 3 when a thread gets a third of a core. */
  slowdown(): number;
  /** Asks for measurements during the next half second; cheap to call often. */
  measure(): void;
}

const BURST_MS = 15;
const FIRST_ROUNDS = 200_000;
const WARM_BURSTS = 8;
const KEEP_MS = 500;
const STALE_MS = 2000;
/** Above this the machine is no excuse any more: whatever is silent for so long is ended. */
const MOST = 6;

/**
 * The pace as seen by a worker that answers bursts of a fixed size over `port` (burst.ts). The
 * fastest burst ever seen stands for the quiet machine, so nothing depends on how fast it is.
 */
export class BurstPace implements Pace {
  readonly #port: MessagePort;
  #rounds = FIRST_ROUNDS;
  /** Milliseconds a round on the quiet machine. */
  #fastest = Infinity;
  #warming = WARM_BURSTS;
  #sentAt: number | null = null;
  #wantedUntil = 0;
  #last = { at: -Infinity, slowdown: 1 };

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<{ elapsedMs: number }>) => {
      this.#receive(data.elapsedMs);
    };
    this.#send();
  }

  slowdown(): number {
    const now = performance.now();
    const known = now - this.#last.at < STALE_MS ? this.#last.slowdown : 1;
    const waiting = this.#sentAt === null ? 0 : now - this.#sentAt;
    return Math.min(MOST, Math.max(1, known, this.#relative(waiting)));
  }

  measure(): void {
    this.#wantedUntil = performance.now() + KEEP_MS;
    if (this.#sentAt === null) this.#send();
  }

  #send(): void {
    this.#sentAt = performance.now();
    this.#port.postMessage(this.#rounds);
  }

  #receive(elapsedMs: number): void {
    const now = performance.now();
    this.#sentAt = null;
    if (elapsedMs > 0) this.#fastest = Math.min(this.#fastest, elapsedMs / this.#rounds);
    if (this.#warming > 0) {
      this.#warming -= 1;
      if (Number.isFinite(this.#fastest)) this.#rounds = Math.ceil(BURST_MS / this.#fastest);
      this.#send();
      return;
    }
    const seen = this.#relative(elapsedMs);
    const recent = now - this.#last.at < STALE_MS;
    this.#last = { at: now, slowdown: recent ? (this.#last.slowdown + seen) / 2 : seen };
    if (now < this.#wantedUntil) this.#send();
  }

  #relative(elapsedMs: number): number {
    return Number.isFinite(this.#fastest) ? elapsedMs / (this.#fastest * this.#rounds) : 1;
  }
}
