import type { EncoderShape } from './encoder.ts';

/** Everything that decides the bytes of a classifier: the same recipe on the wasm engine gives the same file. */
export interface Recipe {
  readonly name: string;
  readonly version: string;
  /** Seed of the split into training, tuning and unseen templates. */
  readonly splitSeed: number;
  /** Seed of the first weights, the examples and the dropout. */
  readonly trainSeed: number;
  readonly shape: EncoderShape;
  readonly steps: number;
  /** Examples per step; every step draws fresh ones. */
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Share of tokens that is hidden, so that the model cannot lean on single words. */
  readonly hideTokens: number;
  /** Share of the pooled numbers that is dropped. */
  readonly dropout: number;
  /** Share of the wanted answer that is spread over all classes, so that the model is not sure without need. */
  readonly labelSmoothing: number;
}
