import { modelClosed, modelCorrupt } from './errors.ts';
import type { Classification, Classifier } from './learner/classifier.ts';
import type { ClassifierManifest } from './manifest.ts';
import { runTexts } from './run-texts.ts';
import type { ModelSession } from './runtime.ts';
import { indexOfLargest, softmax } from './scores.ts';
import type { TextEncoder } from './tokenizer.ts';

type Described = Pick<ClassifierManifest, 'name' | 'version' | 'labels' | 'maxTokens'>;

/** The learner's view of a classifier's session. */
export function createClassifier(
  { name, version, labels, maxTokens }: Described,
  encoder: TextEncoder,
  session: ModelSession,
): Classifier {
  let isOpen = true;
  const classifyBatch = async (texts: readonly string[]): Promise<Classification[]> => {
    if (!isOpen) throw modelClosed(name);
    if (texts.length === 0) return [];
    const { outputs, truncated } = await runTexts(session, encoder, maxTokens, texts);
    const logits = outputs.logits ?? new Float32Array(0);
    checkOutputs(name, logits.length, texts.length * labels.length);
    return truncated.map((isCut, row) => ({
      ...describeScores(logits.subarray(row * labels.length, (row + 1) * labels.length), labels),
      truncated: isCut,
    }));
  };
  return {
    name,
    version,
    device: session.device,
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
  throw modelCorrupt(
    `models/${name}/manifest.json`,
    `its labels ask for ${wanted} outputs and the model gives ${found}`,
  );
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
