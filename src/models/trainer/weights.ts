import type { Random } from '../random.ts';
import type { ParameterSpec } from './encoder.ts';

/** One trained tensor. */
interface Weight {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

export type Weights = readonly Weight[];

/** First values: random where tokens and units must differ from each other, constant where they need not. */
export function initialWeights(specs: readonly ParameterSpec[], random: Random): Weights {
  return specs.map(({ name, dims, start }) => ({
    name,
    dims,
    values: Float32Array.from({ length: dims.reduce((product, size) => product * size, 1) }, () =>
      'constant' in start ? start.constant : random.normal() * start.deviation,
    ),
  }));
}
