import type { Device, LoadOptions } from './loading.ts';

/** What the model thinks of one text. */
export interface Classification {
  /** The most likely class, for example `network`. */
  readonly label: string;
  /** The share of that class, 0..1. A high score is not a promise: a model can be sure and wrong. */
  readonly score: number;
  /** The share of every class; they sum to 1. */
  readonly scores: Record<string, number>;
  /** True when the text was longer than the model reads: its end was ignored. */
  readonly truncated: boolean;
}

/** A loaded model. Calls may overlap; they run one after the other on the pod's only thread. */
export interface Classifier {
  readonly name: string;
  /** Version of the weights, from the model's manifest. */
  readonly version: string;
  /** What runs it; not what was asked for where that was not to be had. */
  readonly device: Device;
  /** Every class the model can name. */
  readonly labels: readonly string[];
  /** Runs the model a few times (3 unless told otherwise) so that the first requests are not slow. */
  warm(runs?: number): Promise<void>;
  /** Classifies one text; rejects with a `ModelError` when it is empty or not a string. */
  classify(text: string): Promise<Classification>;
  /** One run for all texts, results in their order; an empty list gives an empty list. */
  classifyBatch(texts: readonly string[]): Promise<Classification[]>;
  /** Frees the memory; later calls are rejected. */
  dispose(): Promise<void>;
}

/**
 * Loads a model by name: reads its files, compares their hashes with the manifest, opens it.
 * Rejects with a `ModelError`. A second call opens a second, independent model.
 *
 * @example
 * const triage = await load('triage');
 * await triage.warm();
 * const { label, score } = await triage.classify('disk usage of /var on node-7 is 96%');
 */
export declare function load(name: string, options?: LoadOptions): Promise<Classifier>;
