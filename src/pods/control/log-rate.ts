/** Lines and bytes a second that a container may log; what is over is dropped and counted. */
export interface LogLimits {
  readonly linesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly lineBytes: number;
}

/** A container's limits. The runtime keeps them, the platform enforces them. */
export const logLimits: LogLimits = {
  linesPerSecond: 500,
  bytesPerSecond: 256 * 1024,
  lineBytes: 8 * 1024,
};

/** A token bucket of one second's lines and bytes. */
export class LogRate {
  readonly #limits: LogLimits;
  readonly #now: () => number;
  #lines: number;
  #bytes: number;
  #at: number;
  #dropped = 0;

  constructor(limits: LogLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#lines = limits.linesPerSecond;
    this.#bytes = limits.bytesPerSecond;
    this.#at = now();
  }

  /** The line, cut to length, and how many were dropped before it; null when this one is dropped too. */
  admit(text: string): { readonly text: string; readonly dropped: number } | null {
    this.#refill();
    const line = cut(text, this.#limits.lineBytes);
    if (this.#lines < 1 || this.#bytes < line.length) {
      this.#dropped += 1;
      return null;
    }
    this.#lines -= 1;
    this.#bytes -= line.length;
    return { text: line, dropped: this.takeDropped() };
  }

  /** How many were dropped since last asked. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #refill(): void {
    const now = this.#now();
    const seconds = (now - this.#at) / 1000;
    this.#at = now;
    const { linesPerSecond, bytesPerSecond } = this.#limits;
    this.#lines = Math.min(linesPerSecond, this.#lines + seconds * linesPerSecond);
    this.#bytes = Math.min(bytesPerSecond, this.#bytes + seconds * bytesPerSecond);
  }
}

/** Characters stand for bytes here: the cap protects memory, not a quota. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`;
}
