import { env, InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import type { AssetSource } from './asset-source.ts';
import { deviceLost, ModelError, modelUnsupported } from './errors.ts';
import type { Feed } from './feed.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { refused, type ModelSession, type Runtime } from './runtime.ts';
import { openDevice } from './webgpu/open-device.ts';
import { untilFull } from './webgpu/until-full.ts';
import { createGpuDecoder, type RunOnDevice } from './webgpu/gpu-decoder.ts';

/** Where the engine's binary is found among the assets. Why this build: docs/decisions/0013-webgpu-in-pods.md. */
const ENGINE_ASSET = 'runtime/ort-wasm-simd-threaded.asyncify.wasm';

/** Models on the learner's accelerator. */
export interface AcceleratedRuntime extends Runtime {
  /** What runs them, in words: vendor and architecture, and whether it is software. */
  readonly adapter: string;
  /** Resolves with the browser's reason when the device is gone or full; every run after that rejects with `DeviceLost`. */
  readonly lost: Promise<string>;
}

/**
 * Prepares onnxruntime-web's WebGPU engine on the browser's adapter. Rejects with a sentence where there is no adapter
 * or no device. After the device is lost this realm cannot open another engine: start a new worker.
 */
export async function openAcceleratedRuntime(
  source: AssetSource,
  onBytes?: (received: number) => void,
): Promise<AcceleratedRuntime> {
  const { device, adapter } = await openDevice();
  env.wasm.numThreads = 1;
  env.wasm.wasmBinary = await source.readAsset(ENGINE_ASSET, onBytes);
  const lost = Promise.race([
    device.lost.then(({ message, reason }) => message || reason),
    untilFull(device),
  ]);
  // Two runs at once hang the thread for good, of whatever sessions.
  const inTurn = oneAtATime();
  const gone = lost.then((why) => Promise.reject(deviceLost(why)));
  let isGone = false;
  gone.catch(() => (isGone = true));
  const whileThere = <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(() => {
      // On a lost device the engine may wait for ever, and the thread with it.
      if (isGone) return gone;
      return Promise.race([gone, work().catch((error: unknown) => failing(error, gone))]);
    });
  return {
    adapter,
    lost,
    async open(path, model, preparation = 'as-written') {
      if (HALVES.test(path) && !device.features.has('shader-f16'))
        throw modelUnsupported(
          path,
          'its numbers have 16 bits, and this adapter has no shader-f16',
        );
      const options: InferenceSession.SessionOptions = {
        executionProviders: [{ name: 'webgpu', device }],
        graphOptimizationLevel: preparation === 'fold-constants' ? 'basic' : 'disabled',
        preferredOutputLocation: KEPT,
      };
      const session = await whileThere(() => InferenceSession.create(model, options)).catch(
        (cause: unknown) => {
          throw cause instanceof ModelError ? cause : refused(path, cause);
        },
      );
      const run: RunOnDevice = (feeds) => whileThere(() => session.run(feeds));
      return openSession(session, device, run);
    },
  };
}

/** A run fails a moment before the browser says that the device is gone. */
const LOST_MS = 50;

async function failing(error: unknown, gone: Promise<never>): Promise<never> {
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, LOST_MS))]);
  throw error;
}

/** The engine finds out in the middle of the first run only. */
const HALVES = /\.fp16\.onnx$/;

/** Layers of the deepest model that is worth opening in a tab. */
const MOST_LAYERS = 64;

/** Keys and values that a run of a language model makes stay on the device; names that a model lacks mean nothing. */
const KEPT = Object.fromEntries(
  Array.from({ length: MOST_LAYERS }, (_, layer) => [
    [`new_key.${layer}`, 'gpu-buffer' as const],
    [`new_value.${layer}`, 'gpu-buffer' as const],
  ]).flat(),
);

function openSession(session: InferenceSession, device: GPUDevice, run: RunOnDevice): ModelSession {
  return {
    device: 'webgpu',
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, feed]) => [name, toTensor(feed)] as const);
      const outputs = await run(Object.fromEntries(tensors));
      const found = Object.entries(outputs).map(
        async ([name, tensor]) => [name, (await tensor.getData(true)) as Float32Array] as const,
      );
      return Object.fromEntries(await Promise.all(found));
    },
    openDecoder: (shape) => createGpuDecoder(device, shape, run),
    close: () => session.release(),
  };
}

/** A tensor that the engine takes from this thread's memory. */
function toTensor({ type, data, dims }: Feed): Tensor {
  return type === 'int64' ? new Tensor(type, data, dims) : new Tensor(type, data, dims);
}
