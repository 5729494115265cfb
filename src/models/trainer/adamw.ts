import type { Weights } from './weights.ts';

/** How far one step goes. */
interface StepSize {
  readonly learningRate: number;
  /** Share of each weight that is taken away per unit of learning rate, so that unused weights fade. */
  readonly weightDecay: number;
}

/** Changes the weights in place by one step against their gradients (same order). */
export type Optimiser = (gradients: readonly Float32Array[], step: StepSize) => void;

const MEAN_MEMORY = 0.9;
const SQUARE_MEMORY = 0.98;
const LARGEST_NORM = 1;

/**
 * AdamW (Loshchilov and Hutter 2019): each weight keeps a running mean of its gradient and of the gradient's square,
 * and moves by their ratio, so that every weight moves at about the same pace whatever its gradients' size.
 */
export function createAdamW(weights: Weights): Optimiser {
  const means = weights.map(({ values }) => new Float32Array(values.length));
  const squares = weights.map(({ values }) => new Float32Array(values.length));
  let steps = 0;
  return (gradients, { learningRate, weightDecay }) => {
    steps += 1;
    const shrink = Math.min(1, LARGEST_NORM / norm(gradients));
    // Both running means start at zero and are too small at first; this makes up for it.
    const meanCorrection = 1 / (1 - MEAN_MEMORY ** steps);
    const squareCorrection = 1 / (1 - SQUARE_MEMORY ** steps);
    weights.forEach(({ dims, values }, index) => {
      const [gradient, mean, square] = [gradients[index], means[index], squares[index]];
      if (!gradient || !mean || !square)
        throw new Error('There must be one gradient for each weight.');
      const decay = dims.length > 1 ? learningRate * weightDecay : 0;
      for (let i = 0; i < values.length; i++) {
        const slope = (gradient[i] as number) * shrink;
        const m = (mean[i] = MEAN_MEMORY * (mean[i] as number) + (1 - MEAN_MEMORY) * slope);
        const s = (square[i] =
          SQUARE_MEMORY * (square[i] as number) + (1 - SQUARE_MEMORY) * slope * slope);
        const move = (m * meanCorrection) / (Math.sqrt(s * squareCorrection) + 1e-8);
        values[i] = (values[i] as number) * (1 - decay) - learningRate * move;
      }
    });
  };
}

/** Rises in the first steps while the running means are poor, then falls along a cosine to a twentieth. */
export function learningRateAt(step: number, steps: number, peak: number): number {
  const warmUp = Math.min(50, steps / 10);
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  const progress = (step - warmUp) / (steps - warmUp);
  return peak * (0.05 + 0.95 * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

function norm(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) for (const slope of gradient) sum += slope * slope;
  return Math.sqrt(sum);
}
