/** The module `model`, as code in a pod sees it. The editor shows this file, so it imports nothing. */

/** What runs a model: the processor through WebAssembly, or the accelerator through WebGPU. */
export type Device = 'wasm' | 'webgpu';

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
  /** Classifies one text; rejects with a {@link ModelError} when it is empty or not a string. */
  classify(text: string): Promise<Classification>;
  /** One run for all texts, results in their order; an empty list gives an empty list. */
  classifyBatch(texts: readonly string[]): Promise<Classification[]>;
  /** Frees the memory; later calls are rejected. */
  dispose(): Promise<void>;
}

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

/** Which of a model's files is opened. */
export interface LoadOptions {
  /** `fp16`, `int8-dynamic`, `int8`, `int4` or `int2`: the same weights in fewer bits; the full model unless told otherwise. */
  readonly variant?: string;
  /**
   * The accelerator when the pod was given one (`resources.limits: {gpu.example/webgpu: 1}`), otherwise WebAssembly,
   * unless told otherwise. Where `webgpu` cannot be had, the pod's log says why and WebAssembly is used.
   */
  readonly device?: Device;
  /** Called while files arrive, and once more before the model is opened. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** How far loading has come. */
export interface LoadProgress {
  /** What is being done: reading the model's files, reading the engine, or opening the model in the engine. */
  readonly step: 'model' | 'engine' | 'open';
  /** What has arrived of the step's files. */
  readonly receivedBytes: number;
  /** All bytes of the step's files; null where nobody knows yet. */
  readonly totalBytes: number | null;
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

/** What loading and a loaded model reject with: `message` is for the log, `status` for the answer. */
export interface ModelError extends Error {
  readonly code:
    | 'UnknownModel'
    | 'ModelMissing'
    | 'ModelCorrupt'
    | 'ModelUnsupported'
    | 'ModelClosed'
    | 'RuntimeUnavailable'
    | 'OutOfMemory'
    | 'InputInvalid'
    | 'InputEmpty'
    | 'InputTooLong'
    | 'BatchTooLarge'
    | 'QueueFull'
    | 'WrongTask'
    | 'DeviceLost';
  /** Suggested HTTP status: 400 or 413 for a bad input, 404 for an unknown model, 429 for a full queue, 503 for a model that cannot serve. */
  readonly status: number;
}

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
  /** The vector of one text; rejects with a {@link ModelError} when it is empty or not a string. */
  embed(text: string): Promise<Embedding>;
  /** One run for all texts, results in their order; an empty list gives an empty list. */
  embedBatch(texts: readonly string[]): Promise<Embedding[]>;
  /** Frees the memory; later calls are rejected. */
  dispose(): Promise<void>;
}

/** One number that a machine reports, as a detector expects it. */
export interface Feature {
  readonly name: string;
  readonly unit: string;
}

/** What a detector thinks of one window of samples. */
export interface Detection {
  /** How badly the model could rebuild the window: small for what it knows. */
  readonly error: number;
  /** True when the error is above the detector's threshold. */
  readonly isAnomalous: boolean;
  /** The window as the model would expect it, one row a sample, one number a feature. */
  readonly reconstruction: readonly (readonly number[])[];
}

/** A loaded anomaly detector for telemetry. Calls may overlap; they run one after the other on the pod's only thread. */
export interface Detector {
  readonly name: string;
  /** Version of the weights, from the model's manifest. */
  readonly version: string;
  /** What runs it; not what was asked for where that was not to be had. */
  readonly device: Device;
  /** What each sample holds, in order. */
  readonly features: readonly Feature[];
  /** Samples in a window. */
  readonly samples: number;
  /** Seconds from one sample to the next. */
  readonly intervalSeconds: number;
  /** An error above this counts as an anomaly. */
  readonly threshold: number;
  /** Runs the model a few times (3 unless told otherwise) so that the first requests are not slow. */
  warm(runs?: number): Promise<void>;
  /** Scores one window, one row a sample, one number a feature; rejects with a {@link ModelError} when it has another form. */
  detect(window: readonly (readonly number[])[]): Promise<Detection>;
  /** One run for all windows, results in their order; an empty list gives an empty list. */
  detectBatch(windows: readonly (readonly (readonly number[])[])[]): Promise<Detection[]>;
  /** Frees the memory; later calls are rejected. */
  dispose(): Promise<void>;
}

/**
 * Loads a model by name: reads its files, compares their hashes with the manifest, opens it.
 * Rejects with a {@link ModelError}. A second call opens a second, independent model.
 *
 * @example
 * const triage = await load('triage');
 * await triage.warm();
 * const { label, score } = await triage.classify('disk usage of /var on node-7 is 96%');
 */
export declare function load(name: string, options?: LoadOptions): Promise<Classifier>;

/**
 * Loads a language model by name, as {@link load} loads a classifier.
 *
 * @example
 * const lm = await loadGenerator('oncall-lm', { maxBatch: 4 });
 * for await (const { text } of lm.generate('# Runbook: storage alert on checkout')) stream.write(text);
 */
export declare function loadGenerator(name: string, options?: GeneratorOptions): Promise<Generator>;

/**
 * Loads a sentence embedder by name, as {@link load} loads a classifier.
 *
 * @example
 * const embedder = await loadEmbedder('embed');
 * const { vector } = await embedder.embed('the certificate of the ingress expires tomorrow');
 */
export declare function loadEmbedder(name: string, options?: LoadOptions): Promise<Embedder>;

/**
 * Loads an anomaly detector by name, as {@link load} loads a classifier.
 *
 * @example
 * const detector = await loadDetector('anomaly');
 * const { error, isAnomalous } = await detector.detect(window);
 */
export declare function loadDetector(name: string, options?: LoadOptions): Promise<Detector>;

/**
 * The JSON in a request's body. Rejects with a {@link ModelError}: 400 when it is not JSON or not UTF-8, 413 when it
 * has more than `mostBytes` (65,536 unless told otherwise).
 */
export declare function readJson(request: Request, mostBytes?: number): Promise<unknown>;

/**
 * The answer to a request that failed, and a line about it in the pod's log: a {@link ModelError} gives its own status
 * and message, a client that left 499, anything else 500 without details.
 *
 * @example
 * app.onError((error) => toErrorResponse(error));
 */
export declare function toErrorResponse(error: unknown): Response;
