import type { Decider } from '../engine/decider.ts';
import { DECISION } from './messages.ts';

/** A decider that writes down what it decides. */
export interface RecordingDecider extends Decider {
  count(): number;
  /** What was decided since the last call, in order. */
  take(): Float64Array;
}

/** Writes down the decisions of another one. */
export function createRecordingDecider(decider: Decider): RecordingDecider {
  let decisions = new Float64Array(1024);
  let count = 0;
  const record = (decision: number): void => {
    if (count === decisions.length) {
      const longer = new Float64Array(count * 2);
      longer.set(decisions);
      decisions = longer;
    }
    decisions[count++] = decision;
  };
  const { admit } = decider;
  return {
    pick(ready, request, now) {
      const position = decider.pick(ready, request, now);
      record(position);
      return position;
    },
    admit: admit
      ? (request, ready, now) => {
          const admitted = admit(request, ready, now);
          record(admitted === null ? DECISION.failed : admitted ? DECISION.yes : DECISION.no);
          return admitted;
        }
      : null,
    signal(name, replica, now) {
      const value = decider.signal(name, replica, now);
      record(value ?? DECISION.failed);
      return value === DECISION.failed ? null : value;
    },
    explain: () => decider.explain(),
    count: () => count,
    take() {
      const taken = decisions.slice(0, count);
      count = 0;
      return taken;
    },
  };
}
