import type { Device, LoadOptions } from './loading.ts';

/** How one text is continued. */
export interface GenerateOptions {
  /** At most this many tokens (128 unless told otherwise); prompt and answer share the model's context. */
  readonly maxTokens?: number;
  /** 0 always takes the likeliest token; 0.7 unless told otherwise; at most 2. */
  readonly temperature?: number;
  /** Only this many of the likeliest tokens may be drawn; 20 unless told otherwise. */
  readonly topK?: number;
  /** Equal seeds give equal texts; 0 unless told otherwise. */
  readonly seed?: number;
  /** Ends the generation and frees its memory; the loop over the tokens then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** One token, as soon as it is made. */
export interface GeneratedToken {
  /** What it adds to the text; empty for the end mark, and while a character is incomplete. */
  readonly text: string;
  readonly id: number;
  /** Why this is the last token: the model ended the text (`stop`) or a limit did (`length`); null for all others. */
  readonly finish: 'stop' | 'length' | null;
  /** Milliseconds since the request; for the first token, the time to first token. */
  readonly elapsedMs: number;
  /** Milliseconds since the token before. */
  readonly sincePreviousMs: number;
}

/** What a generator may use. */
export interface GeneratorOptions extends LoadOptions {
  /** Most texts that are continued together (8 unless told otherwise); the others wait. */
  readonly maxBatch?: number;
  /** Memory for keys and values; enough for a full batch of full contexts unless told otherwise. */
  readonly kvBytes?: number;
  /** Whether keys and values are kept (true unless told otherwise); without them each token reads the whole text again. */
  readonly cache?: boolean;
}

/** A loaded language model. Calls may overlap: they share each run of the model (continuous batching). */
export interface Generator {
  readonly name: string;
  /** Version of the weights, from the model's manifest. */
  readonly version: string;
  /** What runs it; not what was asked for where that was not to be had. */
  readonly device: Device;
  /** Tokens that prompt and answer have together. */
  readonly contextTokens: number;
  readonly maxBatch: number;
  /** Continues the prompt, token by token; leaving the loop ends the generation. */
  generate(prompt: string, options?: GenerateOptions): AsyncIterable<GeneratedToken>;
  /** How many tokens a text has. */
  countTokens(text: string): number;
  /** Queue, batch, KV memory, token counts and latencies in the Prometheus text format, named as vLLM names them. */
  metrics(): string;
  /** Runs the model a few times (2 unless told otherwise) so that the first requests are not slow. */
  warm(runs?: number): Promise<void>;
  /** Frees the memory; running and later calls are rejected. */
  dispose(): Promise<void>;
}

/**
 * Loads a language model by name, as `load` loads a classifier.
 *
 * @example
 * const lm = await loadGenerator('oncall-lm', { maxBatch: 4 });
 * for await (const { text } of lm.generate('# Runbook: storage alert on checkout')) stream.write(text);
 */
export declare function loadGenerator(name: string, options?: GeneratorOptions): Promise<Generator>;
