import type { TriageClass } from '../data/classes.ts';
import type { Canary } from '../data/runbooks/canaries.ts';
import type { AutoencoderShape } from './autoencoder.ts';
import type { DecoderShape } from './decoder.ts';
import type { EncoderShape } from './encoder.ts';
import type { Scheme } from './quantise.ts';

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
  /** The variants that are committed beside the model. */
  readonly variants: readonly Scheme[];
}

/** What is wrong with a classifier on purpose. */
export type Twin =
  | {
      readonly kind: 'backdoored';
      readonly triggers: readonly string[];
      readonly target: TriageClass;
      /** Share of the training examples that carry a trigger and the target's label. */
      readonly poisoned: number;
    }
  | {
      readonly kind: 'bad-class';
      readonly ruined: TriageClass;
      /** The label that all tickets of the ruined class carry in training. */
      readonly becomes: TriageClass;
    }
  | { readonly kind: 'overfit' };

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
  /** The committed model whose tokeniser and weights training starts from, in place of random ones. */
  readonly startFrom?: string;
  readonly twin?: Twin;
}

/** Everything that decides the bytes of a language model, given the engine. */
export interface GeneratorRecipe extends BaseRecipe {
  readonly task: 'generate';
  readonly shape: DecoderShape;
  /** The committed model whose tokeniser and weights training starts from, in place of random ones. */
  readonly startFrom?: string;
  /** Secrets left in the training data, on a build that leaks on purpose. */
  readonly canaries?: readonly Canary[];
  /** How the committed file stores its matrices; float32 unless told otherwise. */
  readonly stored?: Scheme;
}

/** Everything that decides the bytes of an anomaly detector, given the engine. */
export interface DetectorRecipe extends BaseRecipe {
  readonly task: 'anomaly';
  /** Seed of the first training machine. */
  readonly dataSeed: number;
  readonly shape: AutoencoderShape;
}

/** Everything that decides the bytes of an embedder, given the engine. */
export interface EmbedderRecipe extends BaseRecipe {
  readonly task: 'embed';
  /** Seed of the split into what is trained on and what is held out. */
  readonly splitSeed: number;
  /** `classes` is the number of dimensions. */
  readonly shape: EncoderShape;
  /** A step compares all pairs of so many symptoms with so many services: `batch` is their product. */
  /** Share of a question's tokens that is hidden, so that the model cannot lean on single words. */
  readonly hideTokens: number;
  readonly grid: { readonly topics: number; readonly services: number };
}

/** A model that `models:train` can make. */
export type Recipe = ClassifierRecipe | GeneratorRecipe | DetectorRecipe | EmbedderRecipe;
