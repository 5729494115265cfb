import type { LabScenario } from '#labs/lab-scenario.ts';
import { readSettings } from '#labs/read-settings.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { servingSchema, type Serving } from './settings.ts';

/**
 * What oncall-lm costs on its own engine, milliseconds, as measured (docs/labs/l15-batch-for-goodput.md).
 * Only the proportions matter: load and SLO are multiples of what one request alone takes.
 */
const COSTS = {
  prefill: { baseMs: 0.35, perTokenMs: 0.077 },
  decode: { baseMs: 0.11, perSequenceMs: 0.083, perCachedTokenMs: 0.00065 },
} as const;
const BLOCK_TOKENS = 16;
const CONTEXT_TOKENS = 256;

/** Tokens of a request, evenly spread. */
const PROMPT = { from: 8, to: 40 } as const;
const OUTPUT = { from: 32, to: 128 } as const;
const MEAN = {
  prompt: (PROMPT.from + PROMPT.to) / 2,
  output: (OUTPUT.from + OUTPUT.to) / 2,
} as const;

/** Of a request that has the server to itself: to the first token, and for each further one. */
export const ALONE = {
  ttftMs: COSTS.prefill.baseMs + COSTS.prefill.perTokenMs * MEAN.prompt,
  tpotMs:
    COSTS.decode.baseMs +
    COSTS.decode.perSequenceMs +
    COSTS.decode.perCachedTokenMs * (MEAN.prompt + MEAN.output / 2),
} as const;
/** mu_1: requests a second that a server answers which takes one at a time. */
export const CAPACITY_ONE = 1000 / (ALONE.ttftMs + (MEAN.output - 1) * ALONE.tpotMs);

/** Multiples of the same request alone. */
export const SLO = { ttft: 25, tpot: 6 } as const;
/** Multiples of mu_1. */
export const LOADS = { rush: 2, quiet: 0.3 } as const;
const WARMUP_MS = 2000;
const SECONDS: Readonly<Record<keyof typeof LOADS, number>> = { rush: 42, quiet: 122 };

/** What a learner may try: the rush hour and the night. */
export const scenario: LabScenario = ({ files, seed }) => {
  const read = readSettings(files, 'serving.yaml', servingSchema);
  if (!read.ok) return read;
  const run = (name: keyof typeof LOADS) => ({
    name,
    about: `${LOADS[name]} mu_1; a token alone takes ${ALONE.tpotMs.toFixed(2)} ms, the first one ${ALONE.ttftMs.toFixed(1)} ms`,
    input: describeHour(read.value, name, seed),
  });
  return { ok: true, runs: [run('rush'), run('quiet')] };
};

/** One replica with these settings and Poisson arrivals: about 4,000 requests in the rush, 1,700 at night. */
export function describeHour(
  { batching, maxBatch, maxWaitMs, queueLimit }: Serving,
  hour: keyof typeof LOADS,
  seed: number,
): ScenarioInput {
  const durationMs = SECONDS[hour] * 1000;
  const phases = [{ ratePerSecond: LOADS[hour] * CAPACITY_ONE, durationMs }];
  return {
    seed,
    arrivals: { kind: 'poisson', phases },
    warmupMs: WARMUP_MS,
    work: {
      kind: 'tokens',
      prompt: { kind: 'uniform', ...PROMPT },
      output: { kind: 'uniform', ...OUTPUT },
    },
    pools: [
      {
        name: 'oncall-lm',
        replicas: 1,
        server: {
          kind: 'batch',
          ...COSTS,
          maxBatch,
          kvBlocks: (maxBatch * CONTEXT_TOKENS) / BLOCK_TOKENS,
          blockTokens: BLOCK_TOKENS,
          joining: batching,
          maxWaitMs,
          queueLimit,
        },
      },
    ],
    timeoutMs: null,
    slo: { ttftMs: SLO.ttft * ALONE.ttftMs, tpotMs: SLO.tpot * ALONE.tpotMs },
  };
}
