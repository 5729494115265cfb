import type { EventOf } from '#progress/event-schema.ts';
import type { Verdict } from '#grading/verdict.ts';

/** Something that becomes a statement. */
export type Deed = {
  /** What it is known by for ever: `entry:<account>:<id>`. */
  readonly source: string;
  readonly person: DeedPerson;
  readonly at: Date;
} & (
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly isVerified: boolean }
  | { readonly kind: 'lesson-read'; readonly lesson: string }
  | { readonly kind: 'check'; readonly answer: EventOf<'check-answered'>['payload'] }
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
