import type { AssetSource } from './asset-source.ts';
import { createClassifier } from './classifier.ts';
import { createDetector } from './detector.ts';
import { createEmbedder } from './embedder.ts';
import { ModelError } from './errors.ts';
import { createGenerator } from './generation/generator.ts';
import type { Classifier } from './learner/classifier.ts';
import type { Detector } from './learner/detector.ts';
import type { Embedder } from './learner/embedder.ts';
import type { Generator, GeneratorOptions } from './learner/generator.ts';
import type { LoadOptions } from './learner/loading.ts';
import { openPackage, type ModelPackage } from './package.ts';
import { openRuntime, type ModelSession, type Runtime } from './runtime.ts';
import type { Manifest } from './manifest.ts';
import { openTokenizer } from './tokenizer.ts';

/** Models by name: each function reads, verifies and opens `models/<name>/`, and rejects with a ModelError. */
export interface Models {
  load(name: string, options?: LoadOptions): Promise<Classifier>;
  loadEmbedder(name: string, options?: LoadOptions): Promise<Embedder>;
  loadDetector(name: string, options?: LoadOptions): Promise<Detector>;
  loadGenerator(name: string, options?: GeneratorOptions): Promise<Generator>;
}

type Opened<T extends Manifest['task']> = ModelPackage<T> & { readonly session: ModelSession };

/** An accelerator that this realm may use, and what is told of it. */
export interface Accelerator {
  /** Rejects with a sentence where there is none after all. */
  open(source: AssetSource, onBytes?: (received: number) => void): Promise<Runtime>;
  /** Called when models that should be on the accelerator run in WebAssembly instead; a sentence for the log. */
  onFallback(reason: string): void;
}

/**
 * Models whose files, and the engine's under `runtime/`, come from `source`. With an accelerator they run on it, unless
 * told otherwise.
 */
export function createModels(source: AssetSource, accelerator: Accelerator | null = null): Models {
  const startWasm = once((onBytes) => openRuntime(source, onBytes));
  const startAccelerated =
    accelerator && once((onBytes) => accelerator.open(source, onBytes), 'keep-failure');

  const startRuntime = async ({ device, onProgress }: LoadOptions): Promise<Runtime> => {
    const onBytes =
      onProgress &&
      ((receivedBytes: number) => onProgress({ step: 'engine', receivedBytes, totalBytes: null }));
    if (!startAccelerated && device === 'webgpu') console.warn(NOT_GRANTED);
    if (!startAccelerated || device === 'wasm') return startWasm(onBytes);
    try {
      return await startAccelerated(onBytes);
    } catch (error) {
      accelerator.onFallback(`${describe(error)}: models run in WebAssembly`);
      return startWasm(onBytes);
    }
  };

  const open = async <T extends Manifest['task']>(
    name: string,
    task: T,
    options: LoadOptions = {},
  ): Promise<Opened<T>> => {
    const starting = startRuntime(options);
    // Both are read at once; what is wrong with the model is said first.
    starting.catch(() => undefined);
    const files = await openPackage(source, name, task, options);
    const runtime = await starting;
    options.onProgress?.({ step: 'open', receivedBytes: 0, totalBytes: null });
    return { ...files, session: await openSession(runtime, files, task, options) };
  };

  /** A model that the accelerator cannot run runs where any model runs. */
  const openSession = async (
    runtime: Runtime,
    { path, model }: { readonly path: string; readonly model: Uint8Array },
    task: Manifest['task'],
    options: LoadOptions,
  ): Promise<ModelSession> => {
    const preparation = task === 'generate' ? 'fold-constants' : 'as-written';
    try {
      return await runtime.open(path, model, preparation);
    } catch (error) {
      if (!isUnsupported(error) || !accelerator) throw error;
      const wasm = await startRuntime({ ...options, device: 'wasm' });
      if (wasm === runtime) throw error;
      accelerator.onFallback(`${describe(error)} This model runs in WebAssembly`);
      return wasm.open(path, model, preparation);
    }
  };
  return {
    async load(name, options) {
      const { manifest, tokenizer, session } = await open(name, 'classify', options);
      return createClassifier(manifest, openTokenizer(tokenizer), session);
    },
    async loadEmbedder(name, options) {
      const { manifest, tokenizer, session } = await open(name, 'embed', options);
      return createEmbedder(manifest, openTokenizer(tokenizer), session);
    },
    async loadDetector(name, options) {
      const { manifest, session } = await open(name, 'anomaly', options);
      return createDetector(manifest, session);
    },
    async loadGenerator(name, options) {
      const { manifest, tokenizer, session } = await open(name, 'generate', options);
      return createGenerator({ manifest, tokenizer, session }, options);
    },
  };
}

const NOT_GRANTED =
  "device 'webgpu' was asked for, and this container has no accelerator: the model runs in WebAssembly. Add resources.limits with gpu.example/webgpu: 1 to the container.";

type Start = (onBytes?: (received: number) => void) => Promise<Runtime>;

/** The runtime starts once; one that did not start is tried again by whoever comes next, unless its failure is final. */
function once(start: Start, onFailure: 'keep-failure' | 'try-again' = 'try-again'): Start {
  let started: Promise<Runtime> | undefined;
  return (onBytes) => {
    const starting = (started ??= start(onBytes));
    starting.catch(() => {
      if (started === starting && onFailure === 'try-again') started = undefined;
    });
    return starting;
  };
}

function isUnsupported(error: unknown): boolean {
  return error instanceof ModelError && error.code === 'ModelUnsupported';
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
