import { modelClosed, modelCorrupt } from './errors.ts';
import type { Classification, Classifier } from './learner-types.ts';
import type { Manifest } from './manifest.ts';
import { openPackage } from './package.ts';
import { padBatch } from './pad.ts';
import { softmax, indexOfLargest } from './scores.ts';
import { openRuntime, type ModelSession, type Runtime } from './runtime.ts';
import { checkText } from './text.ts';
import { openTokenizer, type TextEncoder } from './tokenizer.ts';

/** Where the bytes come from: a posted map in a pod, the disk in Node. Rejects when there is no such file. */
export interface AssetSource {
  readAsset(path: string): Promise<Uint8Array>;
}

/** Models by name. */
export interface Models {
  /** Reads, verifies and opens `models/<name>/`; rejects with a ModelError. */
  load(name: string): Promise<Classifier>;
}

/** Models whose files, and the runtime's `runtime/ort-wasm-simd-threaded.wasm`, come from `source`. */
export function createModels(source: AssetSource): Models {
  let runtime: Promise<Runtime> | undefined;
  return {
    async load(name) {
      const { manifest, model, tokenizer } = await openPackage(source, name);
      runtime ??= openRuntime(source);
      const session = await (await runtime).open(`models/${name}/${manifest.files.model.path}`, model);
      return createClassifier(manifest, openTokenizer(tokenizer), session);
    },
  };
}

type Described = Pick<Manifest, 'name' | 'version' | 'labels' | 'maxTokens'>;

function createClassifier({ name, version, labels, maxTokens }: Described, encoder: TextEncoder, session: ModelSession): Classifier {
  let isOpen = true;
  const classifyBatch = async (texts: readonly string[]): Promise<Classification[]> => {
    if (!isOpen) throw modelClosed(name);
    if (texts.length === 0) return [];
    const encoded = texts.map((text) => encoder.encode(checkText(text), maxTokens));
    const logits = await session.run(padBatch(encoded.map(({ ids }) => ids), maxTokens));
    checkOutputs(name, logits.length, texts.length * labels.length);
    return encoded.map(({ truncated }, row) => ({
      ...describeScores(logits.subarray(row * labels.length, (row + 1) * labels.length), labels),
      truncated,
    }));
  };
  return {
    name,
    version,
    labels,
    classifyBatch,
    async classify(text) {
      const [result] = await classifyBatch([text]);
      return result as Classification;
    },
    async warm(runs = 3) {
      for (let run = 0; run < runs; run++) await classifyBatch(['warm up']);
    },
    async dispose() {
      if (!isOpen) return;
      isOpen = false;
      await session.close();
    },
  };
}

function checkOutputs(name: string, found: number, wanted: number): void {
  if (found === wanted) return;
  throw modelCorrupt(`models/${name}/manifest.json`, `its labels ask for ${wanted} outputs and the model gives ${found}`);
}

function describeScores(logits: Float32Array, labels: readonly string[]) {
  const shares = softmax(logits);
  const best = indexOfLargest(shares);
  return {
    label: labels[best] as string,
    score: shares[best] as number,
    scores: Object.fromEntries(labels.map((label, index) => [label, shares[index] as number])),
  };
}
