import type { LoadPlan } from '#load/plan.ts';
import type { LoadCalibration, LoadRun, LoadSample } from '#load/report.ts';
import { describeEnvironment } from './describe-environment.ts';
import type { LoadCommand, LoadNews } from './load-worker/messages.ts';

export interface StartLoadOptions {
  /** Cancels the run, which then resolves with a partial report. */
  readonly signal: AbortSignal;
  readonly onSample?: (sample: LoadSample) => void;
  /** What one replica does on this machine; the report carries it. */
  readonly calibration?: LoadCalibration | null;
}

/**
 * Runs a load test in a worker of its own against a gateway port, which it takes over. Resolves
 * with the report and every result; rejects only when the generator itself could not run.
 */
export async function startLoad(
  gateway: MessagePort,
  plan: LoadPlan,
  { signal, onSample, calibration = null }: StartLoadOptions,
): Promise<LoadRun> {
  const worker = new Worker(new URL('./load-worker/load.worker.ts', import.meta.url), {
    type: 'module',
  });
  const order = (command: LoadCommand, transfer: Transferable[] = []) =>
    worker.postMessage(command, transfer);
  const cancel = () => order({ kind: 'cancel' });
  const noteHidden = () => {
    if (document.hidden) order({ kind: 'hidden' });
  };
  signal.addEventListener('abort', cancel);
  document.addEventListener('visibilitychange', noteHidden);
  try {
    const finished = listen(worker, onSample);
    const environment = describeEnvironment();
    order({ kind: 'start', plan, gateway, environment, calibration }, [gateway]);
    noteHidden();
    if (signal.aborted) cancel();
    return await finished;
  } finally {
    signal.removeEventListener('abort', cancel);
    document.removeEventListener('visibilitychange', noteHidden);
    worker.terminate();
  }
}

function listen(worker: Worker, onSample: StartLoadOptions['onSample']): Promise<LoadRun> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<LoadNews>) => {
      if (data.kind === 'sample') onSample?.(data.sample);
      else if (data.kind === 'finished') resolve(data.run);
      else reject(new Error(data.message));
    };
    worker.onerror = (event) => {
      reject(
        new Error(
          `The load generator could not run: ${event.message || 'its script did not load.'}`,
        ),
      );
    };
  });
}
