import { describe, expect, it } from 'vitest';
import { padBatch } from '../pad.ts';
import { writeEmbedderTraining } from './embedder-graphs.ts';
import { encoderParameters, type EncoderShape } from './encoder.ts';
import { findDisagreements, openGradientCase, runCase } from './finite-differences.ts';

const SHAPE: EncoderShape = {
  vocabulary: 11,
  embedding: 3,
  width: 6,
  heads: 2,
  hidden: 6,
  repeats: 0,
  maxTokens: 4,
  classes: 5,
};
// The loss sharpens cosines twentyfold, and its curvature with them.
const BOUNDS = { step: 5e-4, tried: 10, absolute: 4e-3, relative: 0.02 };

const parameters = encoderParameters(SHAPE);
const rows = [
  [2, 3, 4],
  [5, 6],
  [7, 3, 8, 9],
  [2, 4, 10, 3],
  [6, 5, 5],
  [9, 8],
];
const { ids, mask, dims } = padBatch(rows, SHAPE.maxTokens);
const gradientCase = await openGradientCase(
  writeEmbedderTraining(SHAPE, 3),
  parameters,
  {
    input_ids: { type: 'int64', data: ids, dims },
    attention_mask: { type: 'int64', data: mask, dims },
  },
  { spread: 0.1 },
);

describe('the gradients of the embedder', () => {
  it.each(parameters.map(({ name }) => name))(
    'of %s equal the change of the loss when a weight is moved',
    async (name) => {
      expect(await findDisagreements(gradientCase, name, BOUNDS)).toEqual([]);
    },
  );

  it('are of the bias of the scores too: not all are zero', async () => {
    const outputs = await runCase(gradientCase);
    for (const [name, values] of Object.entries(outputs))
      if (name !== 'loss') expect(values.some((value) => Math.abs(value) > 1e-4)).toBe(true);
  });
});
