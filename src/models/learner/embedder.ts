import type { Device, LoadOptions } from './loading.ts';

/** What an embedder makes of one text. */
export interface Embedding {
  /** A direction of length 1: the inner product of two vectors is the cosine of their angle, 1 for equal meaning. */
  readonly vector: Float32Array;
  /** True when the text was longer than the model reads: its end was ignored. */
  readonly truncated: boolean;
}

/** A loaded sentence embedder. Calls may overlap; they run one after the other on the pod's only thread. */
export interface Embedder {
  readonly name: string;
  /** Version of the weights, from the model's manifest. Vectors of different versions cannot be compared. */
  readonly version: string;
  /** What runs it; not what was asked for where that was not to be had. */
  readonly device: Device;
  /** Numbers in each vector. */
  readonly dimensions: number;
  /** Runs the model a few times (3 unless told otherwise) so that the first requests are not slow. */
  warm(runs?: number): Promise<void>;
  /** The vector of one text; rejects with a `ModelError` when it is empty or not a string. */
  embed(text: string): Promise<Embedding>;
  /** One run for all texts, results in their order; an empty list gives an empty list. */
  embedBatch(texts: readonly string[]): Promise<Embedding[]>;
  /** Frees the memory; later calls are rejected. */
  dispose(): Promise<void>;
}

/**
 * Loads a sentence embedder by name, as `load` loads a classifier.
 *
 * @example
 * const embedder = await loadEmbedder('embed');
 * const { vector } = await embedder.embed('the certificate of the ingress expires tomorrow');
 */
export declare function loadEmbedder(name: string, options?: LoadOptions): Promise<Embedder>;
