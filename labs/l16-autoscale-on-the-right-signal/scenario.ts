import { checkManifests } from '#cluster/check-manifests.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabScenario } from '#labs/lab-scenario.ts';
import { createRandom } from '#load/random.ts';
import { readPools, type ReadPools } from '#simulation/read-pools.ts';
import { readBatchServer, type BatchCosts } from '#simulation/read-server.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';

/** What the day asks for: the share of long requests among all. The work is the same whatever it is. */
export interface Day {
  readonly seed: number;
  /** 0..1. */
  readonly longShare: number;
}

type Pools = Extract<ReadPools, { ok: true }>['pools'];

/**
 * The pods in virtual time: a decode step that mostly reads weights, so that a full batch costs little
 * more than one sequence. That is what an accelerator with a large model does, and what the small
 * model in the tab does not.
 */
const COSTS: BatchCosts = {
  blockTokens: 16,
  prefill: { baseMs: 5, perTokenMs: 0.05 },
  decode: { baseMs: 20, perSequenceMs: 0.25, perCachedTokenMs: 0 },
};
const CONTEXT_TOKENS = 1600;
/** MAX_BATCH of the Deployment, which a learner cannot change. */
const FULL_BATCH = 48;
/** From the creation of a pod to its first possible answer. */
const COLD_START_MS = 15_000;

/** Seconds before, in and after the step. */
export const PHASES = { before: 300, step: 600, after: 600 } as const;
/** Of one replica's capacity mu. */
const LOAD = { low: 0.5, high: 2.5 } as const;
export const SLO = { ttftMs: 2000 } as const;
export const BUCKET_SECONDS = 5;

/** A day for each of the mixes that every grade has. */
export const FIXED_DAYS: readonly Day[] = [
  { seed: 11, longShare: 0.05 },
  { seed: 12, longShare: 0.15 },
  { seed: 13, longShare: 0.3 },
];

/** What a learner may try: the three days, with other arrivals for other seeds. */
export const scenario: LabScenario = ({ manifests, seed }) => {
  const read = readScaledPools(manifests);
  if (!read.ok) return read;
  const runs = FIXED_DAYS.map(({ longShare }) => {
    const percent = Math.round(longShare * 100);
    return {
      name: `long-${percent}`,
      about: `a day with ${percent} % long requests: 0.5 mu, from 300 s to 900 s 2.5 mu, then 0.5 mu`,
      input: describeDay(read.pools, { seed, longShare }),
    };
  });
  return { ok: true, runs };
};

/** The pods that the manifests describe, or what is wrong with them. */
export function readScaledPools(manifests: LabFiles): ReadPools {
  const checked = checkManifests(manifests, ['oncall-lm']);
  const errors = checked.problems.filter(({ severity }) => severity !== 'warning');
  if (errors.length > 0) return { ok: false, problems: errors };
  return readPools(checked, {
    service: 'oncall-lm',
    coldStartMs: COLD_START_MS,
    readServer: (env) => readBatchServer(env, COSTS, CONTEXT_TOKENS),
  });
}

/** 25 minutes: half a replica's capacity, then two and a half for ten minutes, then half again. */
export function describeDay(pools: Pools, { seed, longShare }: Day): ScenarioInput {
  const sizes = drawSizes(longShare);
  const capacity = capacityOf(sizes);
  const rate = (load: number, seconds: number) => ({
    ratePerSecond: load * capacity,
    durationMs: seconds * 1000,
  });
  const total = PHASES.before + PHASES.step + PHASES.after;
  return {
    seed,
    arrivals: {
      kind: 'poisson',
      phases: [
        rate(LOAD.low, PHASES.before),
        rate(LOAD.high, PHASES.step),
        rate(LOAD.low, PHASES.after),
      ],
    },
    work: {
      kind: 'tokens',
      prompt: { kind: 'empirical', samples: sizes.map(({ prompt }) => prompt) },
      output: { kind: 'empirical', samples: sizes.map(({ output }) => output) },
    },
    pools: [...pools],
    route: { kind: 'least-request' },
    timeoutMs: null,
    slo: SLO,
    bucketMs: BUCKET_SECONDS * 1000,
    endsAtMs: total * 1000,
  };
}

const SAMPLES = 400;

interface Size {
  readonly prompt: number;
  readonly output: number;
}

/** Tokens of short questions, and of reports: four times the prompt and four times the answer. */
function drawSizes(longShare: number): readonly Size[] {
  const random = createRandom(16, 'sizes');
  const between = (from: number, to: number): number => Math.round(from + random() * (to - from));
  return Array.from({ length: SAMPLES }, (_, index) =>
    index < longShare * SAMPLES
      ? { prompt: between(400, 1000), output: between(300, 500) }
      : { prompt: between(80, 240), output: between(60, 140) },
  );
}

/** mu: requests a second of one pod whose batch is always full. Each prompt is read on its own, each step gives the batch a token each. */
function capacityOf(sizes: readonly Size[]): number {
  const { prefill, decode } = COSTS;
  const stepMs = decode.baseMs + decode.perSequenceMs * FULL_BATCH;
  const total = sizes.reduce(
    (sum, { prompt, output }) =>
      sum + prefill.baseMs + prefill.perTokenMs * prompt + (output * stepMs) / FULL_BATCH,
    0,
  );
  return (1000 * sizes.length) / total;
}
