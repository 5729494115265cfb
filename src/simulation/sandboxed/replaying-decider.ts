import type { Decider } from '../engine/decider.ts';
import { DECISION } from './messages.ts';

/** A decider that only repeats what was decided elsewhere. */
export interface ReplayingDecider extends Decider {
  /** The decisions of the next events; `message` explains the last one if it is none. */
  feed(decisions: Float64Array, message: string | null): void;
  /** Whether every decision was used and none was missing. */
  isExact(): boolean;
}

/** Repeats decisions chunk by chunk; one that is missing is no decision. */
export function createReplayingDecider(hasAdmission: boolean): ReplayingDecider {
  let decisions: Float64Array = new Float64Array(0);
  let used = 0;
  let isMissing = false;
  let why: string | null = null;
  const next = (): number => {
    if (used >= decisions.length) isMissing = true;
    return decisions[used++] ?? DECISION.failed;
  };
  const repeatAdmission = (): boolean | null => {
    const decision = next();
    return decision === DECISION.yes || (decision === DECISION.no ? false : null);
  };
  return {
    feed(chunk, message) {
      decisions = chunk;
      used = 0;
      why = message;
    },
    isExact: () => !isMissing && used === decisions.length,
    pick: next,
    admit: hasAdmission ? repeatAdmission : null,
    signal() {
      const value = next();
      return value === DECISION.failed ? null : value;
    },
    explain: () => why,
  };
}
