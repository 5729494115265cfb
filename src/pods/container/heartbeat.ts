import type { Pace } from '../pace/pace.ts';

const PING_MS = 125;
/** From here on it is worth knowing whether the container hangs or the machine is busy. */
const SUSPICIOUS_MS = 300;

export interface HeartbeatOptions {
  /** Milliseconds of a quiet machine without a sign of life. */
  readonly silentMs: number;
  readonly pace: Pace;
  readonly ping: (n: number) => void;
  readonly onSilent: (silentMs: number) => void;
}

/**
 * Pings and waits for the pong. Silence counts only while this thread itself runs: after a suspended
 * laptop or a throttled tab no container is blamed for the pause. It counts at the machine's pace:
 * where other programs leave a thread a third of a core, three seconds count as one.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #sent = 0;
  #heard = 0;
  #silence = 0;
  #at = performance.now();
  #allowance = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#tick();
    }, PING_MS);
    this.#ping();
  }

  /** An answer to the last ping; an older number or one never sent is no sign of life. */
  pong(n: number): void {
    if (n !== this.#sent || n === this.#heard) return;
    this.#heard = n;
    this.#silence = 0;
  }

  /** Another proof that its thread gets on: a pong may have to queue behind requests on an overloaded pod. */
  progress(): void {
    this.#silence = 0;
  }

  /** Milliseconds of silence to bear from now on, beyond the usual; 0 ends it. */
  allow(milliseconds: number): void {
    this.#allowance = milliseconds;
    this.#silence = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    this.#silence += Math.min(now - this.#at, 4 * PING_MS) / this.#options.pace.slowdown();
    this.#at = now;
    if (this.#silence >= SUSPICIOUS_MS) this.#options.pace.measure();
    const limit = Math.max(this.#options.silentMs, this.#allowance);
    if (this.#heard === this.#sent) this.#ping();
    else if (this.#silence >= limit) {
      this.stop();
      this.#options.onSilent(this.#silence);
    }
  }

  #ping(): void {
    this.#sent += 1;
    this.#silence = 0;
    this.#options.ping(this.#sent);
  }
}
