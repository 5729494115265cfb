import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { averageGradients, type Contribution } from '../average.ts';
import { decodeState, encodeState } from '../checkpoints/encode.ts';
import { computeGradients, initialParameters, readMemory } from './network.ts';
import { openReader } from './reader.ts';
import { createTrainer, type Trainer } from './trainer.ts';

const plan = { seed: 3, batch: 16, workers: 1, learningRate: 3e-3 } as const;

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

async function advance(trainer: Trainer, steps: number): Promise<number> {
  let last = NaN;
  for (let step = 0; step < steps; step++) {
    const { loss, slopes } = await trainer.compute();
    trainer.apply(slopes);
    last = loss;
  }
  return last;
}

describe('the gradients', () => {
  it('are the slopes of the loss', async () => {
    const width = 12;
    const parameters = initialParameters(width, 5);
    const windows = Float32Array.from({ length: 2 * width }, (_, at) => Math.sin(at));
    const { slopes } = await computeGradients(parameters, windows, width);
    for (const [tensor, at] of [
      [0, 7],
      [3, 2],
      [6, 40],
      [7, 3],
    ] as const) {
      const lossAt = async (move: number): Promise<number> => {
        const moved = parameters.map((values) => values.slice());
        (moved[tensor] as Float32Array)[at] = (parameters[tensor]?.[at] ?? NaN) + move;
        return (await computeGradients(moved, windows, width)).loss;
      };
      const slope = ((await lossAt(5e-3)) - (await lossAt(-5e-3))) / 1e-2;
      expect(slopes[tensor]?.[at]).toBeCloseTo(slope, 3);
    }
  });
});

describe('a trainer', () => {
  it('learns, and leaves no tensor behind', async () => {
    const trainer = createTrainer(plan, 0);
    const first = await advance(trainer, 1);
    const { tensors } = readMemory();
    expect(await advance(trainer, 60)).toBeLessThan(0.75 * first);
    expect(readMemory().tensors).toBe(tensors);
  });

  it('goes on from a checkpoint as if nothing had happened, across the end of an epoch too', async () => {
    const short = { ...plan, batch: 500 };
    const straight = createTrainer(short, 0);
    await advance(straight, 3);
    const saved = decodeState(encodeState(straight.state()));
    await advance(straight, 4);
    const resumed = createTrainer(short, 0, saved);
    await advance(resumed, 4);
    expect(resumed.state()).toEqual(straight.state());
    expect(resumed.state().position.epoch).toBeGreaterThan(saved?.position.epoch ?? 9);
  });

  it('is equal in two halves whose gradients are averaged to one on the whole batch', async () => {
    const whole = createTrainer(plan, 0);
    const halves = [0, 1].map((rank) => createTrainer({ ...plan, workers: 2 }, rank));
    for (let step = 0; step < 10; step++) {
      const together = await whole.compute();
      whole.apply(together.slopes);
      let average: Contribution | null = null;
      const reduce = averageGradients(2, (given) => (average = given));
      for (const half of halves) {
        expect(average).toBeNull();
        reduce(await half.compute());
      }
      const { loss, slopes } = average as unknown as Contribution;
      for (const half of halves) half.apply(slopes);
      expect(loss).toBeCloseTo(together.loss, 5);
    }
    const [first, second] = halves.map((half) => half.state().parameters);
    expect(first).toEqual(second);
    whole
      .state()
      .parameters.forEach((values, index) =>
        values.forEach((value, at) => expect(first?.[index]?.[at]).toBeCloseTo(value, 4)),
      );
  });
});

describe('the reader', () => {
  it('reads every window once in an epoch and another order in the next', () => {
    const reader = openReader({ count: 40 }, 10, { seed: 1 });
    const epochs = [0, 1].map(() => Array.from({ length: 4 }, () => reader.next().rows).flat());
    for (const epoch of epochs)
      expect(epoch.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, row) => row));
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('names the batch and refuses one that is larger than the data', () => {
    expect(openReader({ count: 40 }, 10, { seed: 1 }).next().name).toBe('epoch 0, windows 0 to 9');
    expect(() => openReader({ count: 40 }, 41, { seed: 1 })).toThrow('A batch of 41');
  });
});
