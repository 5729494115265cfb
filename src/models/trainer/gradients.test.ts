import { describe, expect, it } from 'vitest';
import type { Feed } from '../feed.ts';
import { seededRandom } from '../random.ts';
import { encoderParameters, type EncoderShape } from './encoder.ts';
import { openEngine } from './engine.ts';
import { gradientName } from './gradient-name.ts';
import { writeTrainingGraph } from './graphs.ts';
import { initialWeights } from './weights.ts';

const SHAPE: EncoderShape = {
  vocabulary: 11,
  embedding: 3,
  width: 8,
  heads: 2,
  hidden: 6,
  repeats: 2,
  maxTokens: 5,
  classes: 3,
};
const BATCH = 2;
const STEP = 1e-3;

const engine = await openEngine('native');
const session = await engine.open(writeTrainingGraph(SHAPE, BATCH));
const random = seededRandom(7);
const weights = initialWeights(encoderParameters(SHAPE), random);
for (const { values } of weights)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + 0.1 * random.normal();

const constant: Record<string, Feed> = {
  // Token 4 twice in one row, padding at the end of the other.
  input_ids: {
    type: 'int64',
    data: BigInt64Array.of(4n, 7n, 4n, 2n, 9n, 3n, 5n, 8n, 0n, 0n),
    dims: [BATCH, 5],
  },
  attention_mask: {
    type: 'int64',
    data: BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n),
    dims: [BATCH, 5],
  },
  keep: {
    type: 'float32',
    data: Float32Array.from({ length: BATCH * 8 }, (_, i) => (i % 5 === 0 ? 0 : 1.25)),
    dims: [BATCH, 8],
  },
  wanted: { type: 'float32', data: Float32Array.of(0.9, 0.05, 0.05, 0, 1, 0), dims: [BATCH, 3] },
};

function run() {
  const feeds = weights.map(
    ({ name, dims, values }) => [name, { type: 'float32', data: values, dims } as const] as const,
  );
  return session.run({ ...Object.fromEntries(feeds), ...constant });
}

async function lossWith(values: Float32Array, index: number, shift: number): Promise<number> {
  const before = values[index] as number;
  values[index] = before + shift;
  const { loss } = await run();
  values[index] = before;
  return loss?.[0] as number;
}

describe('the gradients that the graph computes', () => {
  it.each(weights.map(({ name }) => name))(
    'of %s equal the change of the loss when a weight is moved',
    async (name) => {
      const gradient = (await run())[gradientName(name)] as Float32Array;
      const { values } = weights.find((weight) => weight.name === name) as (typeof weights)[number];
      expect(gradient).toHaveLength(values.length);
      for (let tried = 0; tried < 12; tried++) {
        const index = random.below(values.length);
        const slope =
          ((await lossWith(values, index, STEP)) - (await lossWith(values, index, -STEP))) /
          (2 * STEP);
        // Central differences in float32 are good to about three digits.
        expect(Math.abs((gradient[index] as number) - slope)).toBeLessThan(
          4e-4 + 0.01 * Math.abs(slope),
        );
      }
    },
  );

  it('are zero for tokens that do not occur', async () => {
    const gradient = (await run())[gradientName('tokens')] as Float32Array;
    expect([...gradient.subarray(10 * 3, 11 * 3)]).toEqual([0, 0, 0]);
    expect(gradient.subarray(4 * 3, 5 * 3).some((slope) => slope !== 0)).toBe(true);
  });
});
