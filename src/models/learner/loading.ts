/** What runs a model: the processor through WebAssembly, or the accelerator through WebGPU. */
export type Device = 'wasm' | 'webgpu';

/** How far loading has come. */
export interface LoadProgress {
  /** What is being done: reading the model's files, reading the engine, or opening the model in the engine. */
  readonly step: 'model' | 'engine' | 'open';
  /** What has arrived of the step's files. */
  readonly receivedBytes: number;
  /** All bytes of the step's files; null where nobody knows yet. */
  readonly totalBytes: number | null;
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
