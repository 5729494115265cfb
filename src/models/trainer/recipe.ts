import type { DecoderShape } from './decoder.ts';
import type { EncoderShape } from './encoder.ts';

/** What every recipe says. */
interface BaseRecipe {
  readonly name: string;
  readonly version: string;
  /** Seed of the first weights, the examples and the dropout. */
  readonly trainSeed: number;
  readonly steps: number;
  /** Examples per step; every step draws fresh ones. */
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Everything that decides the bytes of a classifier: the same recipe on the wasm engine gives the same file. */
export interface ClassifierRecipe extends BaseRecipe {
  readonly task: 'classify';
  /** Seed of the split into training, tuning and unseen templates. */
  readonly splitSeed: number;
  readonly shape: EncoderShape;
  /** Share of tokens that is hidden, so that the model cannot lean on single words. */
  readonly hideTokens: number;
  /** Share of the pooled numbers that is dropped. */
  readonly dropout: number;
  /** Share of the wanted answer that is spread over all classes, so that the model is not sure without need. */
  readonly labelSmoothing: number;
}

/** Everything that decides the bytes of a language model, given the engine. */
export interface GeneratorRecipe extends BaseRecipe {
  readonly task: 'generate';
  readonly shape: DecoderShape;
}
