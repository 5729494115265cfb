import { createClassifier } from './classifier.ts';
import { wrongTask } from './errors.ts';
import { createGenerator } from './generation/generator.ts';
import type { Classifier, Generator, GeneratorOptions, LoadOptions } from './learner-types.ts';
import { openPackage } from './package.ts';
import { openRuntime, type Runtime } from './runtime.ts';
import { openTokenizer } from './tokenizer.ts';

/** Where the bytes come from: a posted map in a pod, the disk in Node. Rejects when there is no such file. */
export interface AssetSource {
  readAsset(path: string): Promise<Uint8Array>;
}

/** Models by name: each function reads, verifies and opens `models/<name>/`, and rejects with a ModelError. */
export interface Models {
  load(name: string, options?: LoadOptions): Promise<Classifier>;
  loadGenerator(name: string, options?: GeneratorOptions): Promise<Generator>;
}

/** Models whose files, and the runtime's `runtime/ort-wasm-simd-threaded.wasm`, come from `source`. */
export function createModels(source: AssetSource): Models {
  let runtime: Promise<Runtime> | undefined;
  const openSession = async (path: string, model: Uint8Array) => {
    runtime ??= openRuntime(source);
    return (await runtime).open(path, model);
  };
  return {
    async load(name, { variant } = {}) {
      const { manifest, model, tokenizer } = await openPackage(source, name, variant);
      if (manifest.task !== 'classify') throw wrongTask(name, manifest.task, 'classify');
      const session = await openSession(`models/${name}/${manifest.files.model.path}`, model);
      return createClassifier(manifest, openTokenizer(tokenizer), session);
    },
    async loadGenerator(name, options) {
      const { manifest, model, tokenizer } = await openPackage(source, name, options?.variant);
      if (manifest.task !== 'generate') throw wrongTask(name, manifest.task, 'generate');
      const session = await openSession(`models/${name}/${manifest.files.model.path}`, model);
      return createGenerator({ manifest, tokenizer, session }, options);
    },
  };
}
