import type { Verdict } from '#grading/verdict.ts';
import type { CheckAnswer } from '#progress/event-schema.ts';

/** Something that becomes a statement. */
export type Deed = {
  /** What it is known by for ever: `entry:<account>:<id>`. */
  readonly source: string;
  readonly person: DeedPerson;
  readonly at: Date;
} & (
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly isVerified: boolean }
  | { readonly kind: 'lesson-read'; readonly lesson: string }
  | {
      readonly kind: 'check';
      readonly answer: Pick<CheckAnswer, 'lesson' | 'check' | 'correct' | 'answer'>;
      /** The server graded it; else a browser says so. */
      readonly isVerified: boolean;
    }
  | {
      readonly kind: 'assignment';
      readonly assignment: string;
      readonly path: string;
      readonly dueAt: Date;
    }
);

export interface DeedPerson {
  readonly id: string;
  readonly email: string;
}
