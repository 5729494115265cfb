/** What one replica takes for a request on this machine, and how sure that is. Never a reason to fail an answer. */
export interface Calibration {
  /** `unstable`: the figures moved too much, or the circumstances were wrong; do not grade with them. */
  readonly status: 'ok' | 'unstable';
  /** What disturbed it, in sentences for the learner; empty when it is `ok`. */
  readonly reasons: readonly string[];
  /** S: median milliseconds of a request on its own, from the client's side. */
  readonly serviceMs: number;
  /** mu: requests per second that one replica answers when it never waits for the next. */
  readonly capacity: number;
  /** What a request spends on its way and not in the replica, milliseconds: S less the median of the samples. */
  readonly overheadMs: number;
  /**
   * Milliseconds that the replica spent on one request each, to be replayed in virtual time: gaps
   * between answers while it never waited, so that what wakes up idle threads is not in them.
   */
  readonly samplesMs: readonly number[];
  /** Coefficients of variation of the three medians and of the three rates. */
  readonly spread: { readonly service: number; readonly capacity: number };
  /** Times it was measured, this one included. */
  readonly attempts: number;
  readonly cores: number;
}
