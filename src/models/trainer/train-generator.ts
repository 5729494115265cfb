import { drawDocument } from '../data/runbooks/draw.ts';
import { seededRandom } from '../random.ts';
import { openTokenizer } from '../tokenizer.ts';
import { trainBpe } from './bpe.ts';
import { writeDecoderServing, writeDecoderTraining } from './decoder-graphs.ts';
import { decoderParameters } from './decoder.ts';
import { descend, type Watch } from './descend.ts';
import type { Engine } from './engine.ts';
import type { GeneratorRecipe } from './recipe.ts';
import { drawTextBatch } from './text-batches.ts';
import type { Weights } from './weights.ts';

/** A trained language model's files, before anything was measured. */
export interface TrainedGenerator {
  readonly model: Uint8Array;
  readonly tokenizer: Uint8Array;
  readonly weights: Weights;
  readonly parameters: number;
  /** Mean of the last hundred steps, in nats a token. */
  readonly finalLoss: number;
}

const TOKENIZER_TEXTS = 6000;
const LOSS_WINDOW = 100;

/** Trains a tokeniser and a language model on documents of the runbook grammar; the same recipe and engine give the same bytes. */
export async function trainGenerator(
  recipe: GeneratorRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<TrainedGenerator> {
  const { shape, name, version } = recipe;
  const random = seededRandom(recipe.trainSeed);
  const texts = Array.from({ length: TOKENIZER_TEXTS }, () => drawDocument(random));
  const tokenizer = trainBpe(texts, shape.vocabulary, 'exact');
  const encoder = openTokenizer(tokenizer);
  const losses: number[] = [];
  const task = {
    parameters: decoderParameters(shape),
    graph: writeDecoderTraining(shape, recipe.batch),
    drawBatch: (from: typeof random) => drawTextBatch(recipe, encoder, from),
  };
  const weights = await descend(engine, task, recipe, random, {
    ...watch,
    onStep(step, loss) {
      losses.push(loss);
      watch.onStep?.(step, loss);
    },
  });
  const last = losses.slice(-LOSS_WINDOW);
  return {
    weights,
    parameters: weights.reduce((sum, { values }) => sum + values.length, 0),
    model: writeDecoderServing(shape, weights, { name, version }),
    tokenizer: new TextEncoder().encode(`${JSON.stringify(tokenizer)}\n`),
    finalLoss: last.reduce((sum, loss) => sum + loss, 0) / last.length,
  };
}
