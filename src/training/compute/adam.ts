import type { Parameters } from './network.ts';

/** What Adam remembers of every parameter: running means of its slope and of the slope's square. */
export interface Slots {
  readonly means: Parameters;
  readonly squares: Parameters;
}

const MEAN_MEMORY = 0.9;
const SQUARE_MEMORY = 0.98;
const LARGEST_NORM = 1;

/** The memory before the first step. */
export function emptySlots(parameters: Parameters): Slots {
  const zeros = (): Parameters => parameters.map(({ length }) => new Float32Array(length));
  return { means: zeros(), squares: zeros() };
}

/**
 * Moves the parameters by one step of Adam (Kingma and Ba 2014), in place, and the slots with them. It runs on the
 * processor whatever the gradients were computed on, so that a checkpoint needs no copy from a device.
 */
export function applyAdam(
  parameters: Parameters,
  { means, squares }: Slots,
  slopes: Parameters,
  { step, learningRate }: { readonly step: number; readonly learningRate: number },
): void {
  const shrink = Math.min(1, LARGEST_NORM / norm(slopes));
  // Both running means start at zero and are too small at first; this makes up for it.
  const meanCorrection = 1 / (1 - MEAN_MEMORY ** step);
  const squareCorrection = 1 / (1 - SQUARE_MEMORY ** step);
  parameters.forEach((values, index) => {
    const [slope, mean, square] = [slopes[index], means[index], squares[index]];
    if (!slope || !mean || !square) throw new Error('There must be one slope for each parameter.');
    for (let i = 0; i < values.length; i++) {
      const pull = (slope[i] as number) * shrink;
      const m = (mean[i] = MEAN_MEMORY * (mean[i] as number) + (1 - MEAN_MEMORY) * pull);
      const s = (square[i] =
        SQUARE_MEMORY * (square[i] as number) + (1 - SQUARE_MEMORY) * pull * pull);
      const move = (m * meanCorrection) / (Math.sqrt(s * squareCorrection) + 1e-8);
      values[i] = (values[i] as number) - learningRate * move;
    }
  });
}

function norm(slopes: Parameters): number {
  let sum = 0;
  for (const slope of slopes) for (const value of slope) sum += value * value;
  return Math.sqrt(sum);
}
