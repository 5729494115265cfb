import { CLASSES } from '../data/classes.ts';
import { drawTrainingExamples } from '../data/examples.ts';
import type { TrainingSource } from '../data/source.ts';
import { trainingSource } from '../data/training-source.ts';
import { seededRandom } from '../random.ts';
import { openTokenizer } from '../tokenizer.ts';
import { trainBpe } from './bpe.ts';
import type { Watch } from './descend.ts';
import type { Engine } from './engine.ts';
import { fit } from './fit.ts';
import { writeInferenceGraph } from './graphs.ts';
import { readParent } from './read-parent.ts';
import type { ClassifierRecipe } from './recipe.ts';
import type { Weights } from './weights.ts';

/** Two files of a model, before anything was measured. */
export interface TrainedClassifier {
  readonly model: Uint8Array;
  readonly tokenizer: Uint8Array;
  readonly weights: Weights;
}

// Enough texts that every word of the templates and the glossary is counted many times.
const TOKENIZER_TEXTS = 12_000;

/** Trains a tokeniser and a model; the same recipe and engine give the same bytes. */
export async function trainClassifier(
  recipe: ClassifierRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<TrainedClassifier> {
  const source = trainingSource(recipe.splitSeed, {
    withTuning: recipe.twin?.kind === 'bad-class',
  });
  const parent = recipe.startFrom === undefined ? undefined : await readParent(recipe.startFrom);
  const tokenizer = parent?.tokenizer ?? trainTokenizer(recipe, source);
  const weights = await fit({
    ...watch,
    recipe,
    source,
    encoder: openTokenizer(tokenizer),
    engine,
    ...(parent && { parent }),
  });
  return {
    weights,
    model: writeInferenceGraph(recipe.shape, weights, {
      name: recipe.name,
      version: recipe.version,
      labels: CLASSES.join(','),
    }),
    tokenizer: new TextEncoder().encode(`${JSON.stringify(tokenizer)}\n`),
  };
}

function trainTokenizer(recipe: ClassifierRecipe, source: TrainingSource): object {
  const random = seededRandom(recipe.trainSeed);
  const texts = drawTrainingExamples(source, TOKENIZER_TEXTS, random).map(({ text }) => text);
  return trainBpe(texts, recipe.shape.vocabulary);
}
