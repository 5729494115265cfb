import * as z from 'zod';
import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { readSettings } from '#labs/read-settings.ts';
import { answerSchema, benchSchema } from './settings.ts';
import type { Answer } from './start/law.ts';
import { summarise, type Summary } from './start/summarise.ts';
import type { Bench, Point, Swept } from './start/sweep.ts';

/** A sweep of our own, taken with care. */
export interface OurSweep {
  readonly points: readonly Point[];
  /** Batches that no learner knew of. */
  readonly hidden: readonly Point[];
  /** Milliseconds paid once a step, and for each text, fitted to all points. */
  readonly once: number;
  readonly row: number;
  /** The batch with four fifths of the throughput that large batches approach, at least 1. */
  readonly knee: number;
}

const OURS = { warm_up: 2, repeats: 8, timed: 'step', summary: 'quickest' } as const;
/** A text of the classifier takes milliseconds, and what takes long is interrupted. */
const SWEEPS: Readonly<Record<Swept, readonly number[]>> = {
  'oncall-lm': [1, 2, 4, 8, 16],
  triage: [1, 2, 4],
};
const HIDDEN = [3, 5, 6, 7, 10, 12, 20, 24];
/** The quickest of the first and of the second half of a sweep's samples are at most this far apart. */
const APART = 1.3;
/** So near to each other more samples would change little. */
const CLOSE = 1.2;
const ATTEMPTS = 5;
/** Of the sweeps of a method that may be right before it is called wrong. */
const LEAST = 3;
const READY_MS = 40_000;
const answerOf = z.object({
  points: z.array(z.object({ batch: z.int(), ms: z.number(), samples: z.array(z.number()) })),
});

/** The learner's two files. */
export function readOwn({ files }: LabCheckContext): {
  readonly bench: Bench;
  readonly law: Answer;
} {
  const bench = readSettings(files, 'bench.yaml', benchSchema);
  const law = readSettings(files, 'answer.yaml', answerSchema);
  if (!bench.ok || !law.ok) throw new Error('The settings were accepted when they were deployed.');
  return { bench: bench.value, law: law.value };
}

/** The first sweep with the learner's settings, for those who judge it later. */
export async function takeTheirs(
  context: LabCheckContext,
  model: Swept,
  signal: AbortSignal,
): Promise<void> {
  context.notes.set(`theirs ${model}`, await take(context, { model }, signal));
}

/**
 * Sweeps with the learner's settings beside our own, until one is judged right: a busy machine may spoil
 * either, a wrong method stays wrong and gets one sweep. Samples are joined, as if there had been more
 * repeats, until they agree. Throws when they do not.
 */
export async function judgeTheirs<Judged extends { readonly passed: boolean }>(
  context: LabCheckContext,
  model: Swept,
  judge: (points: readonly Point[], ours: OurSweep) => Judged,
  signal: AbortSignal,
): Promise<Judged> {
  const { bench } = readOwn(context);
  const key = `theirs ${model}`;
  for (let attempt = 1; ; attempt += 1) {
    const ours = await takeOurs(context, model, attempt > 1, signal);
    const known = context.notes.get(key) as readonly Point[] | undefined;
    const isNew = known === undefined || attempt > 1;
    const more = isNew ? await take(context, { model }, signal) : known;
    const points = isNew ? more.map((point, at) => join(known?.[at], point, bench.summary)) : more;
    context.notes.set(key, points);
    const judged = judge(points, ours);
    if (judged.passed || !timesWarmSteps(bench)) return judged;
    if (attempt < LEAST || (!isCalm(points) && attempt < ATTEMPTS)) continue;
    refuseShaky(points);
    return judged;
  }
}

/** Samples of our own so far. */
interface Taken {
  readonly points: readonly Point[];
  /** Batches of them that no learner knew of. */
  readonly hidden: readonly number[];
}

/**
 * Our own, taken once a grade, and joined with one that is taken now where `again`. Throws, at no cost to
 * the learner, when the machine is too busy to measure.
 */
async function takeOurs(
  context: LabCheckContext,
  model: Swept,
  again: boolean,
  signal: AbortSignal,
): Promise<OurSweep> {
  const key = `ours ${model}`;
  const known = context.notes.get(key) as Taken | undefined;
  if (known && !again) return fit(known);
  const hidden = known?.hidden ?? drawHidden(context, model);
  const batches = [...SWEEPS[model], ...hidden].toSorted((a, b) => a - b);
  let points = known?.points ?? [];
  for (let attempt = 1; ; attempt += 1) {
    const more = await take(context, { model, settings: { ...OURS, batches } }, signal);
    points = more.map((point, at) => join(points[at], point, OURS.summary));
    if (!isCalm(points) && attempt < ATTEMPTS) continue;
    refuseShaky(points);
    context.notes.set(key, { points, hidden } satisfies Taken);
    return fit({ points, hidden });
  }
}

/** The samples of both, in the order in which they were taken. */
function join(earlier: Point | undefined, later: Point, summary: Summary): Point {
  const samples = [...(earlier?.samples ?? []), ...later.samples];
  return { batch: later.batch, ms: summarise(samples, summary), samples };
}

/** Whether a busy machine can be why a sweep is off: what else is timed takes longer on any. */
export function timesWarmSteps({ timed, warm_up }: Bench): boolean {
  return timed === 'step' && warm_up > 0;
}

function isCalm(points: readonly Point[]): boolean {
  return points.every((point) => spreadOf(point) <= CLOSE);
}

function refuseShaky(points: readonly Point[]): void {
  const shaky = points.find((point) => spreadOf(point) > APART);
  if (!shaky) return;
  throw new Error(
    `This machine is too busy to be measured: the quickest step of ${shaky.batch} together differed by ${(100 * (spreadOf(shaky) - 1)).toFixed(0)} % between one half of ${shaky.samples.length} samples and the other. Close what else keeps it busy and check again.`,
  );
}

/** One between the points of a sweep that doubles, and one between or beyond the last. */
function drawHidden({ random }: LabCheckContext, model: Swept): readonly number[] {
  if (model === 'triage') return [];
  const small = HIDDEN[Math.floor(random() * 4)] ?? 3;
  const large = HIDDEN[4 + Math.floor(random() * 4)] ?? 12;
  return [small, large];
}

/** A line through all points, each weighed by its own size. */
function fit({ points, hidden }: Taken): OurSweep {
  let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  for (const { batch, ms } of points) {
    const weight = 1 / (ms * ms);
    w += weight;
    wx += weight * batch;
    wxx += weight * batch * batch;
    wy += weight * ms;
    wxy += weight * batch * ms;
  }
  const row = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  const once = Math.max((wy - row * wx) / w, 0);
  const isHidden = ({ batch }: Point): boolean => hidden.includes(batch);
  return {
    points: points.filter((point) => !isHidden(point)),
    hidden: points.filter(isHidden),
    once,
    row,
    knee: Math.max((4 * once) / row, 1),
  };
}

function spreadOf({ samples }: Point): number {
  const half = Math.ceil(samples.length / 2);
  if (samples.length < 2) return 1;
  const [first, second] = [samples.slice(0, half), samples.slice(half)].map((some) =>
    Math.min(...some),
  );
  const [low, high] = [first ?? NaN, second ?? NaN].toSorted((a, b) => a - b);
  return (high ?? NaN) / (low ?? NaN);
}

async function take(
  { cluster }: LabCheckContext,
  body: { readonly model: Swept; readonly settings?: Bench },
  signal: AbortSignal,
): Promise<readonly Point[]> {
  const startedAt = performance.now();
  for (;;) {
    const request = new Request('http://bench/sweep', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    const response = await cluster.fetch(request);
    const text = await response.text();
    if (response.ok) return answerOf.parse(JSON.parse(text)).points;
    // Nothing that the learner can change runs in this pod.
    if (performance.now() - startedAt > READY_MS)
      throw new Error(`The bench did not answer within ${READY_MS / 1000} s: ${text}`);
    await pause(100, signal);
  }
}
