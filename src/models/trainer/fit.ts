import type { TrainingSource } from '../data/source.ts';
import { seededRandom } from '../random.ts';
import type { TextEncoder } from '../tokenizer.ts';
import { drawBatch } from './batches.ts';
import { descend, type Watch } from './descend.ts';
import { encoderParameters } from './encoder.ts';
import type { Engine } from './engine.ts';
import { writeTrainingGraph } from './graphs.ts';
import type { ClassifierRecipe } from './recipe.ts';
import type { Weights } from './weights.ts';

/** What training a classifier starts from and reports to. */
export interface FitOptions extends Watch {
  readonly recipe: ClassifierRecipe;
  readonly source: TrainingSource;
  readonly encoder: TextEncoder;
  readonly engine: Engine;
}

/** Trains a classifier on examples that are drawn afresh in every step. */
export async function fit({
  recipe,
  source,
  encoder,
  engine,
  ...watch
}: FitOptions): Promise<Weights> {
  const task = {
    parameters: encoderParameters(recipe.shape),
    graph: writeTrainingGraph(recipe.shape, recipe.batch),
    drawBatch: (random: Parameters<typeof drawBatch>[3]) =>
      drawBatch(recipe, source, encoder, random),
  };
  return descend(engine, task, recipe, seededRandom(recipe.trainSeed), watch);
}
