import { describe, expect, test } from 'vitest';
import type { ScenarioInput } from './scenario.ts';
import { simulate } from './simulate.ts';
import { poisson } from './testing/scenarios.ts';

type Server = Extract<ScenarioInput['pools'][number]['server'], { kind: 'batch' }>;

const SERVER: Server = {
  kind: 'batch',
  maxBatch: 8,
  kvBlocks: 1_000,
  prefill: { baseMs: 2, perTokenMs: 0.1 },
  decode: { baseMs: 4, perSequenceMs: 0.5 },
};

function scenario(server: Partial<Server>, changes: Partial<ScenarioInput> = {}): ScenarioInput {
  return {
    seed: 1,
    arrivals: { kind: 'schedule', at: Float64Array.of(0) },
    work: {
      kind: 'tokens',
      prompt: { kind: 'constant', tokens: 20 },
      output: { kind: 'constant', tokens: 11 },
    },
    pools: [{ name: 'oncall', replicas: 1, server: { ...SERVER, ...server } }],
    timeoutMs: null,
    ...changes,
  };
}
const together = (count: number): Partial<ScenarioInput> => ({
  arrivals: { kind: 'schedule', at: new Float64Array(count) },
});
/** More work than any server can do. */
const flood: Partial<ScenarioInput> = {
  arrivals: poisson([{ ratePerSecond: 2_000, durationMs: 20_000 }]),
  endsAtMs: 20_000,
};

test('one request alone: the prompt, then one step for each further token', () => {
  const { ttft, tpot, latency } = simulate(scenario({}));
  expect(ttft?.mean).toBe(4);
  expect(tpot?.mean).toBe(4.5);
  expect(latency?.mean).toBe(4 + 10 * 4.5);
});

test('a full batch makes batch / step tokens a second', () => {
  const { outputTokensPerSecond } = simulate(
    scenario({ prefill: { baseMs: 0, perTokenMs: 0 } }, flood),
  );
  // 10 steps of 8 ms for every 11 tokens of 8 sequences: the first token comes with the prompt.
  expect(Math.abs(outputTokensPerSecond / ((8 * 11) / 0.08) - 1)).toBeLessThan(0.02);
});

test('a larger batch makes more tokens, each of them later', () => {
  const at = (maxBatch: number) => simulate(scenario({ maxBatch }, flood));
  expect(at(8).outputTokensPerSecond).toBeGreaterThan(3 * at(1).outputTokensPerSecond);
  expect(at(8).tpot?.p50).toBeGreaterThan(1.3 * (at(1).tpot?.p50 ?? Infinity));
});

describe('KV memory', () => {
  test('is reserved in blocks for prompt and answer, and bounds the batch', () => {
    // 31 tokens are 2 blocks of 16: memory for two sequences.
    const { latency } = simulate(scenario({ kvBlocks: 5, maxWaitMs: 1 }, together(4)));
    const pair = 2 + 0.1 * 40 + 10 * 5;
    expect(latency?.p50).toBeCloseTo(1 + pair, 1);
    expect(latency?.max).toBeCloseTo(1 + 2 * pair, 0);
  });

  test('refuses what never fits, at once', () => {
    expect(simulate(scenario({ kvBlocks: 1 })).outcomes.shed).toBe(1);
  });
});

test('a static batch makes newcomers wait for its end', () => {
  const at = Float64Array.of(0, 10);
  const run = (joining: 'continuous' | 'static') =>
    simulate(scenario({ joining }, { arrivals: { kind: 'schedule', at } })).ttft?.max ?? 0;
  expect(run('static')).toBeGreaterThan(40);
  expect(run('continuous')).toBeLessThan(10);
});

test('waiting for more before a batch costs time to the first token', () => {
  expect(simulate(scenario({ maxWaitMs: 30 })).ttft?.mean).toBe(34);
});

test('goodput counts answers that met every bound of the SLO', () => {
  const { goodput } = simulate(scenario({}, { ...together(8), slo: { ttftMs: 100, tpotMs: 6 } }));
  // Eight together take 8 ms a token.
  expect(goodput?.share).toBe(0);
  const alone = simulate(scenario({}, { slo: { ttftMs: 100, tpotMs: 6 } }));
  expect(alone.goodput?.share).toBe(1);
});

test('a client that leaves gives its place and memory back', () => {
  const { outcomes } = simulate(
    scenario(
      { maxBatch: 1 },
      { arrivals: { kind: 'schedule', at: Float64Array.of(0, 1) }, timeoutMs: 55 },
    ),
  );
  expect(outcomes).toMatchObject({ ok: 1, timeout: 1 });
});
