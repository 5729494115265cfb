import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingNews } from '../messages.ts';
import { DEFAULT_PLAN } from '../plan.ts';
import { createLoop } from './loop.ts';
import type { Trainer, TrainingState } from './trainer.ts';

const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError');

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

/** A trainer that computes nothing: only its steps count here. */
function countSteps(): Trainer {
  let step = 0;
  const state = (): TrainingState => ({
    step,
    position: { epoch: 0, offset: 0, shuffledFrom: 0 },
    parameters: [Float32Array.of(step)],
    slots: { means: [], squares: [] },
  });
  const batch = { rows: [], name: 'epoch 0, windows 0 to 63' };
  return {
    compute: () => Promise.resolve({ batch, loss: 1, slopes: [] }),
    apply: () => void (step += 1),
    state,
  };
}

describe('the loop', () => {
  it('goes on when a checkpoint finds the storage full, and says that it is', async () => {
    const kept: number[] = [];
    const news: TrainingNews[] = [];
    const loop = createLoop({
      plan: { ...DEFAULT_PLAN, steps: 6, checkpointEvery: 2 },
      rank: 0,
      trainer: countSteps(),
      store: {
        async save({ step }) {
          if (step === 4) throw full;
          kept.push(step);
          return { step, bytes: 4 };
        },
        drop: () => Promise.resolve(),
      },
      say: (said) => news.push(said),
    });
    expect(await loop.run()).toMatchObject({ kind: 'finished', step: 6 });
    expect(kept).toEqual([2, 6]);
    expect(news.filter(({ kind }) => kind === 'no-checkpoint')).toEqual([
      {
        kind: 'no-checkpoint',
        step: 4,
        why: 'the storage that this browser gives to the site is full; free some, then ask for a checkpoint',
      },
    ]);
  });

  it('leaves no checkpoint of weights whose loss is not a number', async () => {
    const kept = new Set<number>();
    const trainer = countSteps();
    const loop = createLoop({
      plan: { ...DEFAULT_PLAN, steps: 9, checkpointEvery: 1 },
      rank: 0,
      trainer: {
        ...trainer,
        compute: async () => ({
          ...(await trainer.compute()),
          loss: trainer.state().step === 4 ? Number.NaN : 1,
        }),
      },
      store: {
        async save({ step }) {
          kept.add(step);
          return { step, bytes: 4 };
        },
        drop: async (step) => void kept.delete(step),
      },
      say: () => {},
    });
    expect(await loop.run()).toMatchObject({ kind: 'not-a-number', step: 5 });
    expect([...kept]).toEqual([1, 2, 3]);
  });

  it('takes no step while paused, and writes a checkpoint that is asked for then', async () => {
    const news: TrainingNews[] = [];
    const loop = createLoop({
      plan: { ...DEFAULT_PLAN, steps: 5, checkpointEvery: 0 },
      rank: 0,
      trainer: countSteps(),
      store: {
        save: ({ step }) => Promise.resolve({ step, bytes: 4 }),
        drop: () => Promise.resolve(),
      },
      say: (said) => news.push(said),
    });
    loop.pause();
    const ended = loop.run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    loop.askForCheckpoint();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(news).toMatchObject([{ kind: 'checkpoint', step: 0 }]);
    loop.goOn();
    expect(await ended).toMatchObject({ kind: 'finished', step: 5 });
  });
});
