import { describe, expect, it } from 'vitest';
import type { Feed } from '../feed.ts';
import { writeDecoderTraining } from './decoder-graphs.ts';
import { decoderParameters, type DecoderShape } from './decoder.ts';
import { findDisagreements, openGradientCase } from './finite-differences.ts';

const SHAPE: DecoderShape = {
  vocabulary: 11,
  width: 8,
  heads: 2,
  hidden: 12,
  layers: 2,
  maxTokens: 5,
};
// A small step, so that few numbers cross the bend of the inner layer on the way: differences in float32 are then good
// to about two digits.
const BOUNDS = { step: 4e-4, tried: 8, absolute: 1e-3, relative: 0.02 };

const inputs: Record<string, Feed> = {
  // Token 4 twice in one row.
  input_ids: {
    type: 'int64',
    data: BigInt64Array.of(4n, 7n, 4n, 2n, 9n, 3n, 5n, 8n, 0n, 1n),
    dims: [2, 5],
  },
  next_ids: {
    type: 'int64',
    data: BigInt64Array.of(7n, 4n, 2n, 9n, 1n, 5n, 8n, 0n, 1n, 6n),
    dims: [2, 5],
  },
};

const parameters = decoderParameters(SHAPE);
const gradientCase = await openGradientCase(writeDecoderTraining(SHAPE, 2), parameters, inputs, {
  spread: 0.2,
  // Weights at which no unit of an inner layer lies within a step of its bend, where there is no slope.
  seed: 8,
});

describe('the gradients of the language model', () => {
  it.each(parameters.map(({ name }) => name))(
    'of %s equal the change of the loss when a weight is moved',
    async (name) => {
      expect(await findDisagreements(gradientCase, name, BOUNDS)).toEqual([]);
    },
  );
});
