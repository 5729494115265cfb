import type { Calibration } from './calibration.ts';
import type {
  CalibratedRequest,
  CalibrationAnswer,
  CalibrationOrder,
} from './calibration.worker.ts';

/**
 * Measures the one ready replica behind `request.url` from a worker of its own, over a port from
 * `LabCluster.openGateway()`, which it takes over: some seconds. Rejects with the signal's reason.
 */
export async function startCalibration(
  gateway: MessagePort,
  request: CalibratedRequest,
  signal: AbortSignal,
): Promise<Calibration> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./calibration.worker.ts', import.meta.url), {
    type: 'module',
    name: 'calibration',
  });
  const order = (message: CalibrationOrder, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  const noteHidden = (): void => {
    if (document.hidden) order({ t: 'hidden' });
  };
  document.addEventListener('visibilitychange', noteHidden);
  try {
    const answered = answer(worker, signal);
    order({ t: 'start', gateway, request, cores: navigator.hardwareConcurrency }, [gateway]);
    noteHidden();
    return await answered;
  } finally {
    document.removeEventListener('visibilitychange', noteHidden);
    worker.terminate();
  }
}

function answer(worker: Worker, signal: AbortSignal): Promise<Calibration> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.onmessage = ({ data }: MessageEvent<CalibrationAnswer>) => {
      if ('calibration' in data) resolve(data.calibration);
      else reject(new Error(data.failure));
    };
    worker.onerror = ({ message }) => {
      reject(new Error(`The calibration could not start: ${message || 'no reason given'}`));
    };
  });
}
