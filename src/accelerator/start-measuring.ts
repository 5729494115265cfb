import * as comlink from 'comlink';
import type { MeasuringApi } from './measuring/measuring.worker.ts';
import type { Report } from './report.ts';

/**
 * Measures in a worker of its own. Null where there is no adapter; rejects with a sentence when the device is lost, and
 * with the signal's reason when aborted, which ends the worker at once.
 */
export async function startMeasuring(
  backend: Report['backend'],
  onProgress: (step: string, share: number) => void,
  signal: AbortSignal,
): Promise<Report | null> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./measuring/measuring.worker.ts', import.meta.url), {
    type: 'module',
    name: 'accelerator',
  });
  try {
    const api = comlink.wrap<MeasuringApi>(worker);
    return await Promise.race([
      api.measure(backend, comlink.proxy(onProgress)),
      ending(worker, signal),
    ]);
  } finally {
    worker.terminate();
  }
}

function ending(worker: Worker, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(`The worker that measures ended (${message || 'no reason given'}).`));
    });
  });
}
