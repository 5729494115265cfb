import { HANDWRITTEN } from '../data/handwritten.ts';
import { CLASSES } from '../data/classes.ts';
import { examplesOfEach, type Example } from '../data/examples.ts';
import { splitTemplates } from '../data/split.ts';
import type { ClassifierManifest } from '../manifest.ts';
import { seededRandom } from '../random.ts';
import type { TextEncoder } from '../tokenizer.ts';
import type { EngineSession } from './engine.ts';
import { evaluate, type Evaluation, type Miss } from './evaluate.ts';

/** The four things a model is measured on. */
export const MEASURED_SETS = ['seen', 'tuning', 'unseen', 'handwritten'] as const;

type MeasuredSet = (typeof MEASURED_SETS)[number];

/** How good a model is on each set, and what it got wrong there. */
export type Measurement = Readonly<Record<MeasuredSet, { evaluation: Evaluation; misses: Miss[] }>>;

// Other slot values than in training: the stream of random numbers is another one.
const EVALUATION_SEED = 77;

/** Measures an open inference graph on the sets named; equal files give equal figures on the wasm engine. */
export async function measure<Sets extends MeasuredSet = MeasuredSet>(
  session: EngineSession,
  encoder: TextEncoder,
  maxTokens: number,
  splitSeed: number,
  wanted: readonly Sets[] = MEASURED_SETS as readonly MeasuredSet[] as readonly Sets[],
): Promise<Pick<Measurement, Sets>> {
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
  const results = {} as { -readonly [Set in Sets]: Measurement[Set] };
  for (const name of wanted)
    results[name] = await evaluate(session, encoder, maxTokens, sets[name]);
  return results;
}

/** The figures alone, as the manifest states them. */
export function evaluationOf({
  seen,
  tuning,
  unseen,
  handwritten,
}: Measurement): ClassifierManifest['evaluation'] {
  return {
    seen: seen.evaluation,
    tuning: tuning.evaluation,
    unseen: unseen.evaluation,
    handwritten: handwritten.evaluation,
  };
}
