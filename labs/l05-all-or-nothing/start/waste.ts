import { seeded } from './simulate-queue.ts';

/** Steps from one failure of the job to the next, on average. */
export const MEAN_STEPS_BETWEEN_FAILURES = 8000;
/** Steps of the whole job. */
export const JOB_STEPS = 40_000;
const FAILURES = 4000;

export interface Waste {
  /** Time for checkpoints, as a share of the time for steps. */
  readonly overhead: number;
  /** Steps done again because they lay behind the last checkpoint, as a share of all. */
  readonly repeated: number;
  readonly total: number;
}

/**
 * What checkpoints every `every` steps cost and what failures cost nevertheless, over 4,000 failures at
 * random moments. `checkpoint` is the time of writing one, in steps.
 */
export function measureWaste(every: number, checkpoint: number, seed: number): Waste {
  const random = seeded(seed);
  let lasting = 0;
  let repeated = 0;
  for (let failure = 0; failure < FAILURES; failure += 1) {
    const survived = Math.floor(-MEAN_STEPS_BETWEEN_FAILURES * Math.log(1 - random()));
    repeated += survived % every;
    lasting += survived - (survived % every);
  }
  const written = lasting / every;
  // Steps that last, so that a job which never keeps any is not a cheap one.
  const kept = Math.max(1, lasting);
  const overhead = (written * checkpoint) / kept;
  return { overhead, repeated: repeated / kept, total: overhead + repeated / kept };
}
