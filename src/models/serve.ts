import type { AssetSource } from './asset-source.ts';
import { createClassifier } from './classifier.ts';
import { createDetector } from './detector.ts';
import { createEmbedder } from './embedder.ts';
import { createGenerator } from './generation/generator.ts';
import type {
  Classifier,
  Detector,
  Embedder,
  Generator,
  GeneratorOptions,
  LoadOptions,
} from './learner-types.ts';
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

/** Models whose files, and the runtime's `runtime/ort-wasm-simd-threaded.wasm`, come from `source`. */
export function createModels(source: AssetSource): Models {
  const startRuntime = once((onProgress: LoadOptions['onProgress']) =>
    openRuntime(
      source,
      onProgress &&
        ((receivedBytes) => onProgress({ step: 'engine', receivedBytes, totalBytes: null })),
    ),
  );
  const open = async <T extends Manifest['task']>(
    name: string,
    task: T,
    options: LoadOptions = {},
  ): Promise<Opened<T>> => {
    const starting = startRuntime(options.onProgress);
    // Both are read at once; what is wrong with the model is said first.
    starting.catch(() => undefined);
    const files = await openPackage(source, name, task, options);
    const runtime = await starting;
    options.onProgress?.({ step: 'open', receivedBytes: 0, totalBytes: null });
    const preparation = task === 'generate' ? 'fold-constants' : 'as-written';
    return { ...files, session: await runtime.open(files.path, files.model, preparation) };
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

/** The runtime starts once; one that did not start is tried again by whoever comes next. */
function once(
  start: (onProgress: LoadOptions['onProgress']) => Promise<Runtime>,
): (onProgress: LoadOptions['onProgress']) => Promise<Runtime> {
  let started: Promise<Runtime> | undefined;
  return (onProgress) => {
    const starting = (started ??= start(onProgress));
    starting.catch(() => {
      if (started === starting) started = undefined;
    });
    return starting;
  };
}
