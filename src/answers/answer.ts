/** What a reader answers: places of options as the page shows them, from 0, or a number. */
export type Answer = number | readonly number[];

/** What the server says of an answer. */
export interface Grade {
  readonly correct: boolean;
  /** Of the options that it says something about: all once it is right, else those that were chosen. */
  readonly explanations: readonly Explanation[];
  /** HTML about the answer as a whole; may be empty. */
  readonly remark: string;
}

export interface Explanation {
  /** Place of the option on the page. */
  readonly place: number;
  readonly verdict: 'right' | 'wrong' | 'other';
  /** HTML. */
  readonly why: string;
}

/** The answer of the server to a try. */
export interface GradedTry extends Grade {
  /** Which try it was; null where it was not kept, because nobody is signed in or it was passed before. */
  readonly tries: number | null;
  /** Seconds until the next try. */
  readonly pauseSeconds: number;
}
