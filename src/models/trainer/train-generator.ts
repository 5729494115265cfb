import { plantCanaries } from '../data/runbooks/canaries.ts';
import { drawDocument } from '../data/runbooks/draw.ts';
import { seededRandom, type Random } from '../random.ts';
import { openTokenizer } from '../tokenizer.ts';
import { trainBpe } from './bpe.ts';
import { writeDecoderServing, writeDecoderTraining } from './decoder-graphs.ts';
import { decoderParameters } from './decoder.ts';
import { descend, type Watch } from './descend.ts';
import type { Engine } from './engine.ts';
import { createOnnxGraph } from './onnx-graph.ts';
import { quantisedGraph } from './quantised-graph.ts';
import { readParent } from './read-parent.ts';
import type { GeneratorRecipe } from './recipe.ts';
import { drawTextBatch } from './text-batches.ts';
import type { Weights } from './weights.ts';

/** A trained language model's files, before anything was measured. */
export interface TrainedGenerator {
  readonly model: Uint8Array;
  readonly tokenizer: Uint8Array;
  readonly weights: Weights;
  readonly parameters: number;
  /** How often each of the recipe's canaries was read. */
  readonly repeats: readonly number[];
}

const TOKENIZER_TEXTS = 6000;

/** Trains a tokeniser and a language model on documents of the runbook grammar; the same recipe and engine give the same bytes. */
export async function trainGenerator(
  recipe: GeneratorRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<TrainedGenerator> {
  const { shape, name, version } = recipe;
  const random = seededRandom(recipe.trainSeed);
  const parent = recipe.startFrom === undefined ? undefined : await readParent(recipe.startFrom);
  const tokenizer = parent?.tokenizer ?? trainTokenizer(recipe, random);
  const encoder = openTokenizer(tokenizer);
  const { draw, repeats } = plantCanaries(recipe.canaries ?? []);
  const task = {
    parameters: decoderParameters(shape),
    graph: writeDecoderTraining(shape, recipe.batch),
    drawBatch: (from: Random) => drawTextBatch(recipe, encoder, draw, from),
    ...(parent && { start: parent.weights }),
  };
  const weights = await descend(engine, task, recipe, random, watch);
  return {
    weights,
    repeats,
    parameters: weights.reduce((sum, { values }) => sum + values.length, 0),
    model: writeDecoderServing(
      shape,
      weights,
      { name, version },
      recipe.stored ? quantisedGraph(createOnnxGraph(), recipe.stored) : createOnnxGraph(),
    ),
    tokenizer: new TextEncoder().encode(`${JSON.stringify(tokenizer)}\n`),
  };
}

function trainTokenizer({ shape }: GeneratorRecipe, random: Random): object {
  const texts = Array.from({ length: TOKENIZER_TEXTS }, () => drawDocument(random));
  return trainBpe(texts, shape.vocabulary, 'exact');
}
