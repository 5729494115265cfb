import type { Feed } from '../feed.ts';
import type { Random } from '../random.ts';
import { createAdamW, learningRateAt } from './adamw.ts';
import type { ParameterSpec } from './encoder.ts';
import type { Engine } from './engine.ts';
import { gradientName } from './gradient-name.ts';
import { initialWeights, type Weights } from './weights.ts';

/** How far and how fast training goes; part of every recipe. */
export interface Schedule {
  readonly steps: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Told after each step; a signal ends training with its reason. */
export interface Watch {
  readonly onStep?: (step: number, loss: number) => void;
  readonly signal?: AbortSignal;
}

/** What is trained: its tensors, the graph that gives loss and gradients, and what that graph reads in each step. */
export interface Task {
  readonly parameters: readonly ParameterSpec[];
  readonly graph: Uint8Array;
  readonly drawBatch: (random: Random) => Record<string, Feed> | Promise<Record<string, Feed>>;
  /** Weights to start from in place of random ones; they are changed in place. */
  readonly start?: Weights;
}

/**
 * Trains from random weights, or from given ones: draw examples, compute the loss and its gradients, move every weight a little against
 * its gradient, and again. It stops after a number of steps and never by the clock, or the result would depend on
 * how busy the machine was.
 */
export async function descend(
  engine: Pick<Engine, 'open'>,
  task: Task,
  schedule: Schedule,
  random: Random,
  watch: Watch = {},
): Promise<Weights> {
  const weights = task.start ?? initialWeights(task.parameters, random);
  const update = createAdamW(weights);
  const session = await engine.open(task.graph);
  try {
    for (let step = 0; step < schedule.steps; step++) {
      watch.signal?.throwIfAborted();
      const outputs = await session.run({ ...asFeeds(weights), ...(await task.drawBatch(random)) });
      const gradients = weights.map(({ name }) => outputs[gradientName(name)] as Float32Array);
      const learningRate = learningRateAt(step, schedule.steps, schedule.learningRate);
      update(gradients, { learningRate, weightDecay: schedule.weightDecay });
      watch.onStep?.(step + 1, outputs.loss?.[0] as number);
    }
  } finally {
    await session.close();
  }
  return weights;
}

function asFeeds(weights: Weights): Record<string, Feed> {
  return Object.fromEntries(
    weights.map(({ name, dims, values }) => [name, { type: 'float32', data: values, dims }]),
  );
}
