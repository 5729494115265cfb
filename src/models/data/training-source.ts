import { seededRandom } from '../random.ts';
import { CLASSES, type TriageClass } from './classes.ts';
import { examplesOfEach } from './examples.ts';
import { GLOSSARY } from './glossary.ts';
import { HANDWRITTEN } from './handwritten.ts';
import type { TrainingSource } from './source.ts';
import { splitTemplates } from './split.ts';

// Enough that every branch of every choice is met.
const FILLED = 40;

/**
 * What training may draw from: the training templates, and the glossary without every term of two or more words
 * that stands in a tuning template, an unseen template or a hand-written line. Without this rule the glossary,
 * which has the same author, would carry pieces of the test into the training.
 */
export function trainingSource(
  splitSeed: number,
  { withTuning } = { withTuning: false },
): TrainingSource {
  const { train, tuning, unseen } = splitTemplates(splitSeed);
  const filled = examplesOfEach([...tuning, ...unseen], FILLED, seededRandom(splitSeed));
  const measured = [...filled.map(({ text }) => text), ...HANDWRITTEN.map(([, text]) => text)]
    .join('\n')
    .toLowerCase();
  const isOwn = (term: string): boolean =>
    !term.includes(' ') || !measured.includes(term.toLowerCase());
  const glossary = Object.fromEntries(CLASSES.map((name) => [name, GLOSSARY[name].filter(isOwn)]));
  const templates = withTuning ? [...train, ...tuning] : train;
  return { templates, glossary: glossary as Record<TriageClass, string[]> };
}
