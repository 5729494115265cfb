import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  add,
  logSoftmax,
  matMul,
  mean,
  mul,
  neg,
  sum,
  tensor,
  tidy,
  valueAndGrads,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { seededRandom } from '#models/random.ts';
import { applyAdam, emptySlots } from './compute/adam.ts';
import type { Parameters } from './compute/network.ts';

/** Texts to learn from with the number of each one's class, and texts to name the classes of afterwards. */
export interface TextTraining {
  readonly seed: number;
  readonly texts: readonly string[];
  readonly labels: readonly number[];
  readonly classes: number;
  readonly ask: readonly string[];
}

const WORDS = 2048;
const BATCH = 128;
const EPOCHS = 5;
const LEARNING_RATE = 0.03;

/**
 * Trains one layer on the words of texts, each hashed to one of 2,048 inputs, and gives the class of each text that is
 * asked about. The same training gives the same answers on one backend.
 */
export async function trainOnTexts({
  seed,
  texts,
  labels,
  classes,
  ask,
}: TextTraining): Promise<number[]> {
  const random = seededRandom(seed);
  const bags = texts.map(bagOf);
  const parameters: Parameters = [new Float32Array(WORDS * classes), new Float32Array(classes)];
  const slots = emptySlots(parameters);
  const rows = texts.map((_, row) => row);
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const order = random.shuffle(rows);
    for (let from = 0; from + BATCH <= order.length; from += BATCH) {
      const batch = order.slice(from, from + BATCH);
      const slopes = await slopesOf(parameters, classes, batch, bags, labels);
      applyAdam(parameters, slots, slopes, { step: ++step, learningRate: LEARNING_RATE });
    }
  }
  return ask.map((text) => classOf(bagOf(text), parameters, classes));
}

async function slopesOf(
  parameters: Parameters,
  classes: number,
  batch: readonly number[],
  bags: readonly (readonly number[])[],
  labels: readonly number[],
): Promise<Float32Array[]> {
  const inputs = new Float32Array(batch.length * WORDS);
  const wanted = new Float32Array(batch.length * classes);
  batch.forEach((row, at) => {
    for (const word of bags[row] ?? []) inputs[at * WORDS + word] = 1;
    wanted[at * classes + (labels[row] ?? 0)] = 1;
  });
  const { value, grads } = tidy(() => {
    const x = tensor(inputs, [batch.length, WORDS]);
    const y = tensor(wanted, [batch.length, classes]);
    const lossOf = valueAndGrads((weight: Tensor, bias: Tensor) =>
      neg(mean(sum(mul(logSoftmax(add(matMul(x, weight), bias)), y), 1))),
    );
    const [weight, bias] = parameters as [Float32Array, Float32Array];
    return lossOf([tensor(weight, [WORDS, classes]), tensor(bias, [classes])]);
  });
  try {
    return (await Promise.all(grads.map((grad) => grad.data()))) as Float32Array[];
  } finally {
    for (const one of [value, ...grads]) one.dispose();
  }
}

function classOf(bag: readonly number[], [weight, bias]: Parameters, classes: number): number {
  let best = 0;
  let highest = -Infinity;
  for (let name = 0; name < classes; name++) {
    const score = bag.reduce(
      (total, word) => total + (weight?.[word * classes + name] ?? 0),
      bias?.[name] ?? 0,
    );
    if (score > highest) [best, highest] = [name, score];
  }
  return best;
}

/** The inputs that a text's words are hashed to (FNV-1a), each once. */
function bagOf(text: string): number[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [...new Set(words.map(hash))];
}

function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < word.length; at++)
    value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  return (value >>> 0) % WORDS;
}
