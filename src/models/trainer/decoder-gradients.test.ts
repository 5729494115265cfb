import { describe, expect, it } from 'vitest';
import type { Feed } from '../feed.ts';
import { seededRandom } from '../random.ts';
import { writeDecoderTraining } from './decoder-graphs.ts';
import { decoderParameters, type DecoderShape } from './decoder.ts';
import { openEngine } from './engine.ts';
import { gradientName } from './gradient-name.ts';
import { initialWeights } from './weights.ts';

const SHAPE: DecoderShape = {
  vocabulary: 11,
  width: 8,
  heads: 2,
  hidden: 12,
  layers: 2,
  maxTokens: 5,
};
// Small, so that few numbers cross the bend of the inner layer on the way.
const STEP = 4e-4;

const session = await (await openEngine('native')).open(writeDecoderTraining(SHAPE, 2));
const random = seededRandom(7);
const weights = initialWeights(decoderParameters(SHAPE), random);
for (const { values } of weights)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + 0.2 * random.normal();

const constant: Record<string, Feed> = {
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

describe('the gradients of the language model', () => {
  it.each(weights.map(({ name }) => name))(
    'of %s equal the change of the loss when a weight is moved',
    async (name) => {
      const gradient = (await run())[gradientName(name)] as Float32Array;
      const { values } = weights.find((weight) => weight.name === name) as (typeof weights)[number];
      expect(gradient).toHaveLength(values.length);
      for (let tried = 0; tried < 8; tried++) {
        const index = random.below(values.length);
        const slope =
          ((await lossWith(values, index, STEP)) - (await lossWith(values, index, -STEP))) /
          (2 * STEP);
        // Central differences in float32 are good to about two digits at this step.
        expect(Math.abs((gradient[index] as number) - slope)).toBeLessThan(
          1e-3 + 0.02 * Math.abs(slope),
        );
      }
    },
  );
});
