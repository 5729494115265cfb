import { CLASSES, type TriageClass } from '../data/classes.ts';
import type { Example } from '../data/examples.ts';
import { padBatch } from '../pad.ts';
import { indexOfLargest } from '../scores.ts';
import type { TextEncoder } from '../tokenizer.ts';
import type { EngineSession } from './engine.ts';

/** How often the model was right, in all and class by class: shares in 0..1. */
export interface Evaluation {
  readonly examples: number;
  readonly accuracy: number;
  readonly perClass: Readonly<Record<TriageClass, number>>;
}

/** An example that the model got wrong. */
export interface Miss {
  readonly text: string;
  readonly wanted: TriageClass;
  readonly got: TriageClass;
}

// Large enough to be quick, small enough to need little memory.
const BATCH = 64;

/** Classifies the examples with an inference graph and counts. */
export async function evaluate(
  session: EngineSession,
  encoder: TextEncoder,
  maxTokens: number,
  examples: readonly Example[],
): Promise<{ evaluation: Evaluation; misses: Miss[] }> {
  const misses: Miss[] = [];
  const answers = await classifyAll(session, encoder, maxTokens, examples);
  examples.forEach((example, index) => {
    const got = CLASSES[indexOfLargest(answers[index] ?? [])] as TriageClass;
    if (got !== example.class) misses.push({ text: example.text, wanted: example.class, got });
  });
  return { evaluation: summarise(examples, misses), misses };
}

/** The logits of each example. */
export async function classifyAll(
  session: EngineSession,
  encoder: TextEncoder,
  maxTokens: number,
  examples: readonly Pick<Example, 'text'>[],
): Promise<Float32Array[]> {
  const answers: Float32Array[] = [];
  for (let start = 0; start < examples.length; start += BATCH) {
    const batch = examples.slice(start, start + BATCH);
    const { ids, mask, dims } = padBatch(
      batch.map(({ text }) => encoder.encode(text, maxTokens).ids),
      maxTokens,
    );
    const { logits = new Float32Array(0) } = await session.run({
      input_ids: { type: 'int64', data: ids, dims },
      attention_mask: { type: 'int64', data: mask, dims },
    });
    batch.forEach((_, row) =>
      answers.push(logits.slice(row * CLASSES.length, (row + 1) * CLASSES.length)),
    );
  }
  return answers;
}

function summarise(examples: readonly Example[], misses: readonly Miss[]): Evaluation {
  const share = (missed: number, of: number): number => Number(((of - missed) / of).toFixed(4));
  const ofClass = (name: TriageClass): number =>
    share(
      misses.filter((miss) => miss.wanted === name).length,
      examples.filter((example) => example.class === name).length,
    );
  return {
    examples: examples.length,
    accuracy: share(misses.length, examples.length),
    perClass: Object.fromEntries(CLASSES.map((name) => [name, ofClass(name)])) as Record<
      TriageClass,
      number
    >,
  };
}
