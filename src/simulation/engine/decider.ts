import type { Replica, Request } from './world.ts';

/** What a policy decides; the engine carries it out. */
export interface Decider {
  /** Position in `ready`, which is never empty; anything else ends the run. */
  pick(ready: readonly Replica[], request: Request, now: number): number;
  /** false answers the request with 429 at once, null ends the run. */
  readonly admit:
    ((request: Request, ready: readonly Replica[], now: number) => boolean | null) | null;
  /** The value of a metric of the policy's own for one pod; NaN when it has none of that name, null ends the run. */
  signal(name: string, replica: Replica, now: number): number | null;
  /** Why the last decision was none. */
  explain(): string | null;
}

/** Said when a policy gives no reason of its own. */
export const NO_DECISION = 'The policy made no decision.';
