import type { Models } from '#models/serve.ts';
import type { Tell } from './run-container.ts';

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
          classify: inTurn(takeTurn, (text) => classifier.classify(text)),
          classifyBatch: inTurn(takeTurn, (texts) => classifier.classifyBatch(texts)),
        };
      }),
    loadEmbedder: (name, options) =>
      busy(async () => {
        const embedder = await models.loadEmbedder(name, options);
        return {
          ...embedder,
          warm: (runs) => busy(() => embedder.warm(runs)),
          embed: inTurn(takeTurn, (text) => embedder.embed(text)),
          embedBatch: inTurn(takeTurn, (texts) => embedder.embedBatch(texts)),
        };
      }),
    loadDetector: (name, options) =>
      busy(async () => {
        const detector = await models.loadDetector(name, options);
        return {
          ...detector,
          warm: (runs) => busy(() => detector.warm(runs)),
          detect: inTurn(takeTurn, (window) => detector.detect(window)),
          detectBatch: inTurn(takeTurn, (windows) => detector.detectBatch(windows)),
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

function inTurn<Input, Result>(
  takeTurn: () => Promise<void>,
  run: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return async (input) => {
    await takeTurn();
    return run(input);
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
