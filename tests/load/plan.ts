import { createRandom } from '#load/random.ts';

/** What a signed-in person sends in one go. */
const deeds = ['sync a change', 'sync, nothing new', 'open a lesson', 'open a page'] as const;
export type Deed = (typeof deeds)[number];

/** One arrival of an open-loop load: it is sent at its time, whatever became of those before it. */
export interface Arrival {
  /** Milliseconds from the beginning. */
  readonly at: number;
  /** Index of a learner or, for `open a page`, of a manager. */
  readonly person: number;
  readonly deed: Deed;
}

/**
 * Seconds between two deeds of one person, on average. A learner answers a check or edits a file every
 * 20 s, and the browser syncs 2 s after that, every minute, and as a page opens (src/progress/follow-sync.ts).
 */
export const pace: Readonly<Record<Deed, number>> = {
  'sync a change': 20,
  'sync, nothing new': 60,
  'open a lesson': 45,
  'open a page': 5,
};

export interface PlanOptions {
  readonly learners: number;
  readonly managers: number;
  readonly seconds: number;
  readonly seed: number;
}

/** Draws every person's arrivals as a Poisson process; together they are in order of time. */
export function drawPlan({ learners, managers, seconds, seed }: PlanOptions): Arrival[] {
  const random = createRandom(seed);
  const arrivals = deeds.flatMap((deed) => {
    const count = deed === 'open a page' ? managers : learners;
    return Array.from({ length: count }, (_, person) => person).flatMap((person) => {
      const own: Arrival[] = [];
      const next = () => -Math.log(1 - random()) * pace[deed] * 1000;
      for (let at = next(); at < seconds * 1000; at += next()) own.push({ at, person, deed });
      return own;
    });
  });
  return arrivals.toSorted((one, other) => one.at - other.at);
}
