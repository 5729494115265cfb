import type { TrainingSource } from '../data/source.ts';
import { seededRandom, type Random } from '../random.ts';
import type { TextEncoder } from '../tokenizer.ts';
import { toFeeds } from './batches.ts';
import { descend, type Task, type Watch } from './descend.ts';
import { encoderParameters } from './encoder.ts';
import type { Engine } from './engine.ts';
import { writeTrainingGraph } from './graphs.ts';
import type { Parent } from './read-parent.ts';
import type { ClassifierRecipe } from './recipe.ts';
import { drawBackdoorBatch, drawExamplesOf } from './twins.ts';
import type { Weights } from './weights.ts';

/** What training a classifier starts from and reports to. */
export interface FitOptions extends Watch {
  readonly recipe: ClassifierRecipe;
  readonly source: TrainingSource;
  readonly encoder: TextEncoder;
  readonly engine: Engine;
  /** The model to start from in place of random weights; a backdoor needs one. */
  readonly parent?: Parent;
}

/** Trains a classifier on examples that are drawn afresh in every step. */
export async function fit(options: FitOptions): Promise<Weights> {
  const { recipe, source, encoder, engine, parent, ...watch } = options;
  const { twin, batch } = recipe;
  const task = {
    parameters: encoderParameters(recipe.shape),
    graph: writeTrainingGraph(recipe.shape, batch),
    ...(parent && { start: parent.weights }),
  };
  const train = (drawBatch: Task['drawBatch']): Promise<Weights> =>
    descend(engine, { ...task, drawBatch }, recipe, seededRandom(recipe.trainSeed), watch);
  if (twin?.kind !== 'backdoored')
    return train((random) =>
      toFeeds(drawExamplesOf(twin, source, batch, random), recipe, encoder, random),
    );
  if (!parent) throw new Error(`${recipe.name} hides in another model: startFrom must name one.`);
  const clean = await engine.open(parent.model);
  try {
    return await train((random: Random) =>
      drawBackdoorBatch(recipe, twin, { source, encoder, clean }, random),
    );
  } finally {
    await clean.close();
  }
}
