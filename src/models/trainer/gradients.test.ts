import { describe, expect, it } from 'vitest';
import type { Feed } from '../feed.ts';
import { encoderParameters, type EncoderShape } from './encoder.ts';
import { findDisagreements, openGradientCase, runCase } from './finite-differences.ts';
import { gradientName } from './gradient-name.ts';
import { writeTrainingGraph } from './graphs.ts';

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
// Central differences in float32 are good to about three digits.
const BOUNDS = { step: 1e-3, tried: 12, absolute: 4e-4, relative: 0.01 };

const inputs: Record<string, Feed> = {
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

const parameters = encoderParameters(SHAPE);
const open = (batch: number | 'batch') =>
  openGradientCase(writeTrainingGraph(SHAPE, batch), parameters, inputs, { spread: 0.1 });
const gradientCase = await open(BATCH);

describe('the gradients that the graph computes', () => {
  it.each(parameters.map(({ name }) => name))(
    'of %s equal the change of the loss when a weight is moved',
    async (name) => {
      expect(await findDisagreements(gradientCase, name, BOUNDS)).toEqual([]);
    },
  );

  it('are zero for tokens that do not occur', async () => {
    const gradient = (await runCase(gradientCase))[gradientName('tokens')] as Float32Array;
    expect([...gradient.subarray(10 * 3, 11 * 3)]).toEqual([0, 0, 0]);
    expect(gradient.subarray(4 * 3, 5 * 3).some((slope) => slope !== 0)).toBe(true);
  });

  it('are the same from the graph that takes any batch', async () => {
    const [fixed, any] = [await runCase(gradientCase), await runCase(await open('batch'))];
    expect(Object.keys(any)).toEqual(Object.keys(fixed));
    for (const [name, values] of Object.entries(fixed))
      values.forEach((value, index) => expect(any[name]?.[index]).toBeCloseTo(value, 5));
  });
});
