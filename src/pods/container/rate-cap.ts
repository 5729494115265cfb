/** Counts in windows of one second and calls back once when a window holds more than `limit`. */
export class RateCap {
  readonly #limit: number;
  readonly #onExceed: (counted: number) => void;
  #windowStart = performance.now();
  #count = 0;

  constructor(limit: number, onExceed: (counted: number) => void) {
    this.#limit = limit;
    this.#onExceed = onExceed;
  }

  add(amount: number): void {
    const now = performance.now();
    if (now - this.#windowStart >= 1000) {
      this.#windowStart = now;
      this.#count = 0;
    }
    const before = this.#count;
    this.#count += amount;
    if (before <= this.#limit && this.#count > this.#limit) this.#onExceed(this.#count);
  }
}
