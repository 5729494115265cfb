import * as comlink from 'comlink';
import type { Report } from '../report.ts';
import { findAdapter, measureDevice } from './measure-device.ts';
import { measureProcessor } from './measure-processor.ts';

const api = {
  /** Measures the adapter, or the processor where `wanted` says so; null where the adapter that is wanted is not there. */
  async measure(
    wanted: Report['backend'],
    onProgress: (step: string, share: number) => void,
  ): Promise<Report | null> {
    if (wanted === 'cpu') return measureProcessor(onProgress);
    const adapter = await findAdapter();
    return adapter && measureDevice(adapter, onProgress);
  },
};

/** What the page may ask of the worker. */
export type MeasuringApi = typeof api;

comlink.expose(api);
