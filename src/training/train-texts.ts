import type { TextTraining } from './train-on-texts.ts';
import type { TextNews } from './text.worker.ts';

/** Trains on texts in a worker of its own and gives the class of each text asked about. Rejects with the signal's reason. */
export async function trainTexts(training: TextTraining, signal: AbortSignal): Promise<number[]> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./text.worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<number[]>();
  const cancel = (): void => reject(signal.reason);
  signal.addEventListener('abort', cancel);
  worker.onmessage = ({ data }: MessageEvent<TextNews>) => {
    if (data.ok) resolve([...data.answers]);
    else reject(new Error(data.message));
  };
  worker.onerror = ({ message }) =>
    reject(new Error(`Training could not run: ${message || 'its script did not load.'}`));
  worker.postMessage(training);
  return promise.finally(() => {
    signal.removeEventListener('abort', cancel);
    worker.terminate();
  });
}
