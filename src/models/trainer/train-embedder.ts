import {
  drawAnswer,
  drawQuestion,
  splitPairs,
  type Pair,
  type PairSplit,
} from '../data/retrieval/pairs.ts';
import { SERVICES } from '../data/slots.ts';
import type { Feed } from '../feed.ts';
import { padBatch } from '../pad.ts';
import { seededRandom, type Random } from '../random.ts';
import { HIDDEN_ID, openTokenizer, type TextEncoder as Tokens } from '../tokenizer.ts';
import { trainBpe } from './bpe.ts';
import { descend, type Watch } from './descend.ts';
import { writeEmbedderServing, writeEmbedderTraining } from './embedder-graphs.ts';
import { encoderParameters } from './encoder.ts';
import type { Engine } from './engine.ts';
import type { EmbedderRecipe } from './recipe.ts';

/** A trained embedder's files, before anything was measured. */
export interface TrainedEmbedder {
  readonly model: Uint8Array;
  readonly tokenizer: Uint8Array;
  readonly parameters: number;
}

const TOKENIZER_PAIRS = 6000;

/** Trains a tokeniser and an embedder on questions and their runbooks; the same recipe and engine give the same bytes. */
export async function trainEmbedder(
  recipe: EmbedderRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<TrainedEmbedder> {
  const { shape, name, version, batch } = recipe;
  const split = splitPairs(recipe.splitSeed);
  const random = seededRandom(recipe.trainSeed);
  const texts = Array.from({ length: TOKENIZER_PAIRS }, () => {
    const pair = random.pick(split.trained);
    return `${drawQuestion(pair, pair.topic.wordings, random)}\n${drawAnswer(pair, random)}`;
  });
  const tokenizer = trainBpe(texts, shape.vocabulary);
  const encoder = openTokenizer(tokenizer);
  const task = {
    parameters: encoderParameters(shape),
    graph: writeEmbedderTraining(shape, batch),
    drawBatch: (from: Random) => drawPairs(recipe, split, encoder, from),
  };
  const weights = await descend(engine, task, recipe, random, watch);
  return {
    model: writeEmbedderServing(shape, weights, { name, version }),
    tokenizer: new TextEncoder().encode(`${JSON.stringify(tokenizer)}\n`),
    parameters: weights.reduce((sum, { values }) => sum + values.length, 0),
  };
}

/** Pairs of a few symptoms with a few services: the others in the step differ in one of the two, which is what is hard. */
function drawPairs(
  { batch, grid, shape, hideTokens }: EmbedderRecipe,
  { topics, trained }: PairSplit,
  encoder: Tokens,
  random: Random,
): Record<string, Feed> {
  const someTopics = new Set(random.shuffle(topics).slice(0, grid.topics));
  const someServices = new Set(random.shuffle(SERVICES).slice(0, grid.services));
  const near = trained.filter(
    ({ topic, service }) => someTopics.has(topic) && someServices.has(service),
  );
  const known = new Set<Pair>(near);
  // Pairs that are held out leave gaps, which any other pair fills.
  while (known.size < batch) known.add(random.pick(trained));
  const pairs = [...known].slice(0, batch);
  const encode = (text: string): number[] => encoder.encode(text, shape.maxTokens).ids;
  const rows = [
    ...pairs.map((pair) =>
      encode(drawQuestion(pair, pair.topic.wordings, random)).map((id) =>
        random.chance(hideTokens) ? HIDDEN_ID : id,
      ),
    ),
    ...pairs.map((pair) => encode(drawAnswer(pair, random))),
  ];
  const { ids, mask, dims } = padBatch(rows, shape.maxTokens);
  return {
    input_ids: { type: 'int64', data: ids, dims },
    attention_mask: { type: 'int64', data: mask, dims },
  };
}
