import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import {
  autoencoderParameters,
  writeAutoencoderServing,
  writeAutoencoderTraining,
  type AutoencoderShape,
} from './autoencoder.ts';
import { openEngine } from './engine.ts';
import { findDisagreements, openGradientCase, runCase } from './finite-differences.ts';

const SHAPE: AutoencoderShape = { samples: 4, features: 2, hidden: 6, code: 3 };
const BOUNDS = { step: 1e-3, tried: 12, absolute: 4e-4, relative: 0.01 };
const normalisation = { mean: Float32Array.of(50, 3), deviation: Float32Array.of(10, 0.5) };

const random = seededRandom(3);
const windows = {
  type: 'float32',
  data: Float32Array.from({ length: 3 * 4 * 2 }, (_, at) =>
    at % 2 === 0 ? 50 + 10 * random.normal() : 3 + 0.5 * random.normal(),
  ),
  dims: [3, 4, 2],
} as const;
const parameters = autoencoderParameters(SHAPE);
const gradientCase = await openGradientCase(
  writeAutoencoderTraining(SHAPE, normalisation),
  parameters,
  { windows },
  { spread: 0.1 },
);

describe('the gradients of the autoencoder', () => {
  it.each(parameters.map(({ name }) => name))(
    'of %s equal the change of the loss when a weight is moved',
    async (name) => {
      expect(await findDisagreements(gradientCase, name, BOUNDS)).toEqual([]);
    },
  );
});

describe('the served autoencoder', () => {
  it('gives the errors that its reconstruction has, in units of what is usual', async () => {
    const { weights } = gradientCase;
    const usual = Float32Array.of(0.5, 2);
    const model = writeAutoencoderServing(SHAPE, { weights, normalisation, usual }, { name: 'x' });
    const session = await (await openEngine('wasm')).open(model, { asServed: true });
    const outputs = await session.run({ windows });
    const {
      error,
      feature_errors: errors,
      reconstruction,
    } = outputs as Record<string, Float32Array>;
    expect([error?.length, errors?.length, reconstruction?.length]).toEqual([3, 6, 24]);
    let total = 0;
    for (let row = 0; row < 3; row++) {
      const own = [0, 1].map((feature) => {
        let sum = 0;
        for (let sample = 0; sample < 4; sample++) {
          const at = (row * 4 + sample) * 2 + feature;
          const wrong =
            ((reconstruction?.[at] ?? NaN) - (windows.data[at] ?? NaN)) /
            (normalisation.deviation[feature] as number);
          sum += wrong ** 2;
        }
        total += sum;
        return sum / 4 / (usual[feature] as number);
      });
      own.forEach((value, feature) => expect(errors?.[row * 2 + feature]).toBeCloseTo(value, 3));
      expect(error?.[row]).toBeCloseTo(((own[0] ?? NaN) + (own[1] ?? NaN)) / 2, 3);
    }
    // And the loss of training is the mean of the same squares.
    expect((await runCase(gradientCase)).loss?.[0]).toBeCloseTo(total / 24, 3);
  });
});
