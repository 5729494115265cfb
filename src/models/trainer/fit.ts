import type { TrainingSource } from '../data/source.ts';
import { seededRandom } from '../random.ts';
import type { TextEncoder } from '../tokenizer.ts';
import { createAdamW, learningRateAt } from './adamw.ts';
import { drawBatch } from './batches.ts';
import { encoderParameters } from './encoder.ts';
import type { Engine, Feed } from './engine.ts';
import { gradientName, writeTrainingGraph } from './graphs.ts';
import type { Recipe } from './recipe.ts';
import { initialWeights, type Weights } from './weights.ts';

/** What training starts from and reports to. */
export interface FitOptions {
  readonly recipe: Recipe;
  readonly source: TrainingSource;
  readonly encoder: TextEncoder;
  readonly engine: Engine;
  /** Called after each step with its loss. */
  readonly onStep?: (step: number, loss: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains from random weights: draw examples, compute the loss and its gradients, move every weight a little against
 * its gradient, and again. It stops after a number of steps and never by the clock, or the result would depend on
 * how busy the machine was.
 */
export async function fit({ recipe, source, encoder, engine, onStep, signal }: FitOptions): Promise<Weights> {
  const random = seededRandom(recipe.trainSeed);
  const weights = initialWeights(encoderParameters(recipe.shape), random);
  const update = createAdamW(weights);
  const session = await engine.open(writeTrainingGraph(recipe.shape, recipe.batch));
  try {
    for (let step = 0; step < recipe.steps; step++) {
      signal?.throwIfAborted();
      const outputs = await session.run({ ...asFeeds(weights), ...drawBatch(recipe, source, encoder, random) });
      const gradients = weights.map(({ name }) => outputs[gradientName(name)] as Float32Array);
      const learningRate = learningRateAt(step, recipe.steps, recipe.learningRate);
      update(gradients, { learningRate, weightDecay: recipe.weightDecay });
      onStep?.(step + 1, outputs.loss?.[0] as number);
    }
  } finally {
    await session.close();
  }
  return weights;
}

function asFeeds(weights: Weights): Record<string, Feed> {
  return Object.fromEntries(weights.map(({ name, dims, values }) => [name, { type: 'float32', data: values, dims }]));
}
