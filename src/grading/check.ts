/** What a check found. A wrong answer is a value; only trouble of ours is thrown. */
export interface CheckOutcome {
  readonly passed: boolean;
  /** The measured value in words and figures, for example `pod shares 51 % / 49 %`. */
  readonly measured: string;
  /** The bar it is held against, for example `each pod 35-65 %`. */
  readonly bar: string;
  /** Why the bar is there and what the measurement says: one or two sentences to the learner. */
  readonly why: string;
}

/**
 * One ordered step of a lab's grade. `Context` is what the lab's runtime hands to its checks
 * (see `LabCheckContext` in labs/); grading itself knows nothing of clusters.
 */
export interface Check<Context> {
  /** Stable id, also the name that `wrong/<name>/expected.json` refers to. */
  readonly id: string;
  readonly title: string;
  /** The instruction of the brief that this step belongs to. */
  readonly instruction: string;
  readonly points: number;
  readonly hint: string;
  run(context: Context, signal: AbortSignal): Promise<CheckOutcome>;
}
