import * as comlink from 'comlink';
import { ModelError } from '../errors.ts';
import type { Manifest } from '../manifest.ts';
import { openPackage } from '../package.ts';
import { openRuntime } from '../runtime.ts';
import { siteAssets } from '../site-assets.ts';
import { openAcceleratedRuntime } from '../webgpu-runtime.ts';
import { compareDevices } from './compare-devices.ts';

let opening: ReturnType<typeof openBoth> | null = null;

async function openBoth() {
  return { wasm: await openRuntime(siteAssets), webgpu: await openAcceleratedRuntime(siteAssets) };
}

/** What one worker finds out about both engines. */
const bench = {
  /** Rejects with the reason where there is no accelerator. */
  async adapter(): Promise<string> {
    return (await (opening ??= openBoth())).webgpu.adapter;
  },

  /** `refusal` says why the accelerator cannot run this model; then it runs in wasm only. */
  async compare(name: string, task: Manifest['task'], variant: string | null) {
    const { wasm, webgpu } = await (opening ??= openBoth());
    try {
      return { refusal: null, ...(await compareDevices([wasm, webgpu], name, task, variant)) };
    } catch (error) {
      if (!(error instanceof ModelError) || error.code !== 'ModelUnsupported') throw error;
      return { refusal: error.message, difference: 0, numbers: 0 };
    }
  },

  /**
   * Overlapping runs of the anomaly detector from several callers, each with a number of its own in it: in which order
   * they ended, by the order in which they were asked for, and how many got the answer to another's question.
   */
  async overlap(callers: number, runs: number): Promise<{ order: number[]; mixedUp: number }> {
    const { wasm, webgpu } = await (opening ??= openBoth());
    const { manifest, path, model } = await openPackage(siteAssets, 'anomaly', 'anomaly');
    const dims = [1, manifest.samples, manifest.features.length];
    const feeds = (asked: number) => {
      const data = new Float32Array(manifest.samples * manifest.features.length).fill(asked % 97);
      return { windows: { type: 'float32' as const, data, dims } };
    };
    const fast = await webgpu.open(path, model);
    const plain = await wasm.open(path, model);
    const order: number[] = [];
    let mixedUp = 0;
    let asked = 0;
    const one = async (): Promise<void> => {
      const number = asked++;
      const { error } = await fast.run(feeds(number));
      order.push(number);
      const expected = (await plain.run(feeds(number))).error?.[0] ?? Number.NaN;
      if (!(Math.abs((error?.[0] ?? Number.NaN) - expected) <= 1e-3 * Math.abs(expected) + 1e-4))
        mixedUp += 1;
    };
    const caller = async (): Promise<void> => {
      const under: Promise<void>[] = [];
      for (let run = 0; run < runs; run++) {
        under.push(one());
        // The callers take turns, so that their runs are queued between each other's.
        await Promise.resolve();
      }
      await Promise.all(under);
    };
    await Promise.all(Array.from({ length: callers }, caller));
    await fast.close();
    await plain.close();
    return { order, mixedUp };
  },
};

/** What a page may ask of the worker. */
export type DeviceBench = typeof bench;

comlink.expose(bench);
