import type { Models } from '#models/serve.ts';
import type { Tell } from './main.ts';

/** A run in wasm ends in microtasks only, so a loop of runs would answer no ping and take no request. */
const TURN_MS = 100;

/** Loaders that tell the platform when loading or warming holds the thread, and let it go between runs. */
export function watchModels(models: Models, tell: Tell): Models {
  const busy = busyReporter(tell);
  const takeTurn = turnTaker();
  return {
    load: (name, options) =>
      busy(async () => {
        const classifier = await models.load(name, options);
        return {
          ...classifier,
          warm: (runs) => busy(() => classifier.warm(runs)),
          classify: async (text) => {
            await takeTurn();
            return classifier.classify(text);
          },
          classifyBatch: async (texts) => {
            await takeTurn();
            return classifier.classifyBatch(texts);
          },
        };
      }),
    // A generator gives the thread back between its runs by itself.
    loadGenerator: (name, options) =>
      busy(async () => {
        const generator = await models.loadGenerator(name, options);
        return { ...generator, warm: (runs) => busy(() => generator.warm(runs)) };
      }),
  };
}

function busyReporter(tell: Tell): <T>(work: () => Promise<T>) => Promise<T> {
  let under = 0;
  return async (work) => {
    under += 1;
    if (under === 1) tell({ t: 'busy', isBusy: true });
    try {
      return await work();
    } finally {
      under -= 1;
      if (under === 0) tell({ t: 'busy', isBusy: false });
    }
  };
}

/** Resolves at once, or after a turn of the event loop when the last was long ago. */
function turnTaker(): () => Promise<void> {
  let turnAt = performance.now();
  let isTurning = false;
  const noteTurn = (): void => {
    turnAt = performance.now();
    isTurning = false;
  };
  return async () => {
    if (isTurning || performance.now() - turnAt < TURN_MS) return;
    isTurning = true;
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        noteTurn();
        resolve();
      });
    });
  };
}
