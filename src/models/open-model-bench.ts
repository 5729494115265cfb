import * as comlink from 'comlink';
import type { ModelBench } from './bench/bench.worker.ts';

/** A worker that measures models; with `close`, all that it opened is gone. */
export interface OpenModelBench {
  readonly bench: comlink.Remote<ModelBench>;
  close(): void;
}

/** Starts a fresh worker. */
export function openModelBench(): OpenModelBench {
  const worker = new Worker(new URL('./bench/bench.worker.ts', import.meta.url), {
    type: 'module',
  });
  return { bench: comlink.wrap<ModelBench>(worker), close: () => worker.terminate() };
}
