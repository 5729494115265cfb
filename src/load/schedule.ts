import type { Mix } from './mix.ts';
import { bodiesOf, type LoadPlan } from './plan.ts';
import { createWeightedDraw, createZipfDraw } from './draw.ts';
import { drawArrivals } from './draw-arrivals.ts';
import { createRandom, pickIndex } from './random.ts';

/** When each request is due and what it carries. */
export interface Schedule {
  /** Milliseconds from the start of the run, ascending, whole microseconds. Empty for a closed loop. */
  readonly at: Float64Array;
  /** Index into `bodiesOf(plan)`, -1 when the plan has none. */
  readonly body: Int32Array;
  /** Where the offered load ends: the duration, or earlier when `maxArrivals` cut it. */
  readonly endsAt: number;
}

/** What one request carries besides its time. */
export interface Load {
  /** Index into `bodiesOf(plan)`, -1 when the plan has none. */
  readonly body: number;
  /** Index into the mix's tenants, null without any. */
  readonly tenant: number | null;
  /** From 0, the most popular one; null without keys. */
  readonly key: number | null;
}

/** The whole schedule of a run, before its first request: byte-identical for the same plan and seed. */
export function createSchedule(plan: LoadPlan): Schedule {
  const { arrivals, durationSeconds, maxArrivals = Infinity, seed } = plan;
  if (arrivals.process === 'single-stream' || arrivals.process === 'multi-stream') {
    return { at: new Float64Array(), body: new Int32Array(), endsAt: durationSeconds * 1000 };
  }
  const random = createRandom(seed, 'arrivals');
  const drawn = drawArrivals(arrivals, durationSeconds, maxArrivals, random);
  const nextBody = drawBodies(plan);
  return {
    at: Float64Array.from(drawn.at, toWholeMicroseconds),
    body: Int32Array.from({ length: drawn.at.length }, nextBody),
    endsAt: drawn.endsAt * 1000,
  };
}

/** Draws what each request of a plan carries, in the order in which they are due. */
export function createLoads(plan: LoadPlan): () => Load {
  const nextBody = drawBodies(plan);
  const nextTenant = drawTenants(plan.mix, createRandom(plan.seed, 'tenants'));
  const nextKey = drawKeys(plan.mix, createRandom(plan.seed, 'keys'));
  return () => ({ body: nextBody(), tenant: nextTenant(), key: nextKey() });
}

function drawBodies(plan: LoadPlan): () => number {
  const random = createRandom(plan.seed, 'bodies');
  const { classes } = plan.mix ?? {};
  const bodies = bodiesOf(plan).length;
  if (bodies === 0) return () => -1;
  if (!classes) return () => pickIndex(random, bodies);
  const nextClass = createWeightedDraw(
    classes.map(({ weight }) => weight),
    random,
  );
  let sum = 0;
  const firsts = classes.map((one) => (sum += one.bodies.length) - one.bodies.length);
  return () => {
    const picked = nextClass();
    return (firsts[picked] ?? 0) + pickIndex(random, classes[picked]?.bodies.length ?? 1);
  };
}

function drawTenants(mix: Mix | undefined, random: () => number): () => number | null {
  if (!mix?.tenants) return () => null;
  return createWeightedDraw(
    mix.tenants.of.map(({ weight }) => weight),
    random,
  );
}

function drawKeys(mix: Mix | undefined, random: () => number): () => number | null {
  return mix?.keys ? createZipfDraw(mix.keys.count, mix.keys.exponent, random) : () => null;
}

/** Engines may differ in the last bit of a logarithm; a whole microsecond hides that. */
function toWholeMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3;
}
