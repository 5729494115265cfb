import { HANDWRITTEN } from '../data/handwritten.ts';
import { CLASSES } from '../data/classes.ts';
import { examplesOfEach, type Example } from '../data/examples.ts';
import { splitTemplates } from '../data/split.ts';
import { seededRandom } from '../random.ts';
import type { TextEncoder } from '../tokenizer.ts';
import type { EngineSession } from './engine.ts';
import { evaluate, type Evaluation, type Miss } from './evaluate.ts';

/** The four things a model is measured on. */
export type MeasuredSet = 'seen' | 'tuning' | 'unseen' | 'handwritten';

/** How good a model is on each set, and what it got wrong there. */
export type Measurement = Readonly<Record<MeasuredSet, { evaluation: Evaluation; misses: Miss[] }>>;

// Other slot values than in training: the stream of random numbers is another one.
const EVALUATION_SEED = 77;

/** Measures an open inference graph; equal files give equal figures on the wasm engine. */
export async function measure(
  session: EngineSession,
  encoder: TextEncoder,
  maxTokens: number,
  splitSeed: number,
): Promise<Measurement> {
  const split = splitTemplates(splitSeed);
  const random = seededRandom(EVALUATION_SEED);
  const sets: Record<MeasuredSet, Example[]> = {
    seen: examplesOfEach(split.train, 5, random),
    tuning: examplesOfEach(split.tuning, 20, random),
    unseen: examplesOfEach(split.unseen, 20, random),
    handwritten: HANDWRITTEN.map(([name, text]) => ({
      text,
      class: name,
      label: CLASSES.indexOf(name),
    })),
  };
  const results = {} as Record<MeasuredSet, { evaluation: Evaluation; misses: Miss[] }>;
  for (const [name, examples] of Object.entries(sets)) {
    results[name as MeasuredSet] = await evaluate(session, encoder, maxTokens, examples);
  }
  return results;
}
