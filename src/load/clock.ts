/** Time as a run sees it, in milliseconds. A test or a simulator brings a virtual one. */
export interface Clock {
  /** Milliseconds since the clock's own beginning; never goes back. */
  now(): number;
  /** Resolves at `at` or as soon after it as it can, never before. Resolves early when the signal aborts. */
  waitUntil(at: number, signal: AbortSignal): Promise<void>;
  /** Calls back at or some milliseconds after `at`; for deadlines, not for pacing. Returns its cancel. */
  callAt(at: number, callback: () => void): () => void;
}
