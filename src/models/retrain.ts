import type { Example } from './data/examples.ts';
import { seededRandom } from './random.ts';
import type { ModelSession } from './runtime.ts';
import { openTokenizer } from './tokenizer.ts';
import { toFeeds } from './trainer/batches.ts';
import { descend, type Watch } from './trainer/descend.ts';
import { encoderParameters } from './trainer/encoder.ts';
import { writeInferenceGraph } from './trainer/graphs.ts';
import { readWeights } from './trainer/read-weights.ts';
import { CLASSIFIERS } from './trainer/recipes.ts';

/** The files of a classifier that can be trained further, as its manifest names them. */
export interface RetrainableFiles {
  readonly model: Uint8Array;
  readonly training: Uint8Array;
  readonly tokenizer: object;
}

/** How a classifier is trained further. */
export interface RetrainOptions extends Watch {
  readonly steps: number;
  /** Examples per step, drawn from those given. */
  readonly batch?: number;
  readonly learningRate?: number;
  readonly seed?: number;
}

/**
 * Trains `triage` further on labelled texts and gives the new model's file, which serves like the old one. It needs
 * nothing that a browser lacks: `open` opens a graph in the engine that also serves. A step of 16 takes about a tenth of
 * a second on one core.
 */
export async function retrain(
  open: (graph: Uint8Array) => Promise<Pick<ModelSession, 'run' | 'close'>>,
  files: RetrainableFiles,
  examples: readonly Example[],
  { steps, batch = 16, learningRate = 5e-4, seed = 1, ...watch }: RetrainOptions,
): Promise<Uint8Array> {
  const recipe = CLASSIFIERS.find(({ name }) => name === 'triage');
  if (!recipe || examples.length === 0)
    throw new RangeError('There is nothing to train on: give retrain() at least one example.');
  const encoder = openTokenizer(files.tokenizer);
  const task = {
    parameters: encoderParameters(recipe.shape),
    graph: files.training,
    start: readWeights(files.model),
    drawBatch: (random: ReturnType<typeof seededRandom>) =>
      toFeeds(
        Array.from({ length: batch }, () => random.pick(examples)),
        recipe,
        encoder,
        random,
      ),
  };
  const schedule = { steps, learningRate, weightDecay: recipe.weightDecay };
  const weights = await descend({ open }, task, schedule, seededRandom(seed), watch);
  const { name, version, shape } = recipe;
  return writeInferenceGraph(shape, weights, { name, version, retrained: String(steps) });
}
