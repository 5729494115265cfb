import type { LoadPlan } from './plan.ts';
import { createRandom, pickIndex } from './random.ts';

/** When each request is due and which body it carries. */
export interface Schedule {
  /** Milliseconds from the start of the run, ascending, whole microseconds. */
  readonly at: Float64Array;
  /** Index into the plan's bodies, -1 when it has none. */
  readonly body: Int32Array;
  /** Where the offered load ends: the duration, or earlier when `maxArrivals` cut it. */
  readonly endsAt: number;
}

/** The whole schedule of a run, before its first request: byte-identical for the same plan and seed. */
export function createSchedule(plan: LoadPlan): Schedule {
  const { arrivals, durationSeconds, maxArrivals = Infinity, seed } = plan;
  const nextGap = createGaps(arrivals, createRandom(seed, 'arrivals'));
  const due: number[] = [];
  // The first constant arrival is due at once; the first Poisson one after a gap of its own.
  let seconds = arrivals.process === 'constant' ? 0 : nextGap();
  while (seconds < durationSeconds && due.length < maxArrivals) {
    due.push(toWholeMicroseconds(seconds));
    seconds = arrivals.process === 'constant' ? due.length / arrivals.rate : seconds + nextGap();
  }
  return {
    at: Float64Array.from(due),
    body: pickBodies(plan, due.length),
    endsAt: Math.min(seconds, durationSeconds) * 1000,
  };
}

function createGaps(arrivals: LoadPlan['arrivals'], random: () => number): () => number {
  if (arrivals.process === 'constant') return () => 1 / arrivals.rate;
  return () => -Math.log1p(-random()) / arrivals.rate;
}

function pickBodies(plan: LoadPlan, count: number): Int32Array {
  const random = createRandom(plan.seed, 'bodies');
  const bodies = plan.request.bodies.length;
  return Int32Array.from({ length: count }, () => (bodies === 0 ? -1 : pickIndex(random, bodies)));
}

/** Engines may differ in the last bit of a logarithm; a whole microsecond hides that. */
function toWholeMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3;
}
