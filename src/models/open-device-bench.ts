import * as comlink from 'comlink';
import type { DeviceBench } from './bench/device.worker.ts';

/** A worker that compares engines; with `close`, all that it opened is gone. */
export interface OpenDeviceBench {
  readonly bench: comlink.Remote<DeviceBench>;
  close(): void;
}

/** Starts a fresh worker with an engine of each kind. */
export function openDeviceBench(): OpenDeviceBench {
  const worker = new Worker(new URL('./bench/device.worker.ts', import.meta.url), {
    type: 'module',
  });
  return { bench: comlink.wrap<DeviceBench>(worker), close: () => worker.terminate() };
}
