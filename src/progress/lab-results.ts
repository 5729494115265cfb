import type { Verdict } from '#grading/verdict.ts';
import { eventsOfKind } from './store/add-events.ts';

/** What a person reached in one lab. Runs that did not complete count as nothing. */
export interface LabResult {
  readonly attempts: number;
  /** The first verdict that passed, else the one with the most points. */
  readonly best: Verdict;
}

/** Lab id to result, for every lab with a completed grade. */
export async function labResults(): Promise<ReadonlyMap<string, LabResult>> {
  const results = new Map<string, LabResult>();
  for (const { payload } of await eventsOfKind('verdict')) {
    if (payload.result === null) continue;
    const before = results.get(payload.lab);
    const best = before && !isBetter(payload, before.best) ? before.best : payload;
    results.set(payload.lab, { attempts: (before?.attempts ?? 0) + 1, best });
  }
  return results;
}

function isBetter(one: Verdict, other: Verdict): boolean {
  if (one.result !== other.result) return one.result === 'pass';
  return one.points > other.points;
}
