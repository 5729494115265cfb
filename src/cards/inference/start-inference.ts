import * as comlink from 'comlink';
import type { InferenceApi } from './messages.ts';

/** The models of this page, in a worker of their own. */
export interface Inference {
  readonly api: comlink.Remote<InferenceApi>;
  /** Rejects when the worker's own files cannot be fetched or run; never resolves. */
  readonly failed: Promise<never>;
}

/** Starts the worker. */
export function startInference(): Inference {
  const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), {
    type: 'module',
    name: 'inference',
  });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.addEventListener('error', ({ message }) => {
      reject(
        new Error(
          `The worker that runs the model did not start (${message || 'no reason given'}). Reload the page.`,
        ),
      );
    });
  });
  failed.catch(() => undefined);
  return { api: comlink.wrap<InferenceApi>(worker), failed };
}

/** A callback that the worker may call. */
export function callback<Value>(call: (value: Value) => void): (value: Value) => void {
  return comlink.proxy(call);
}
