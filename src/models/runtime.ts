import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { Decoder } from './generation/decoder.ts';
import type { KvShape } from './generation/kv-cache.ts';
import type { Device } from './learner/loading.ts';
import { type ModelError, modelUnsupported, outOfMemory, runtimeUnavailable } from './errors.ts';
import type { Feed } from './feed.ts';
import type { AssetSource } from './asset-source.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Where the runtime's binary is found among the assets. */
const RUNTIME_ASSET = 'runtime/ort-wasm-simd-threaded.wasm';

/** An open model: tensors by name in, float32 tensors by name out. */
export interface ModelSession {
  /** What computes. */
  readonly device: Device;
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Float32Array>>;
  /** Only where keys and values can stay with the engine between runs. */
  openDecoder?(shape: KvShape): Decoder;
  close(): Promise<void>;
}

/**
 * Whether the engine computes what does not depend on the input before the first run. In a language model it is the
 * table of tokens turned round for the output: 20 ms once instead of a third of every run for one row. The
 * classifiers have nothing of the kind, and looking for it takes 60 to 130 ms of their start.
 */
type Preparation = 'as-written' | 'fold-constants';

/** The wasm runtime, once per worker. */
export interface Runtime {
  /** Opens a model; `path` is for the message when the runtime refuses it. */
  open(path: string, model: Uint8Array, preparation?: Preparation): Promise<ModelSession>;
}

/** Prepares onnxruntime-web for a place without network, threads or eval: its binary is handed over as bytes. */
export async function openRuntime(
  source: AssetSource,
  onBytes?: (received: number) => void,
): Promise<Runtime> {
  env.wasm.numThreads = 1;
  env.wasm.wasmBinary = await source.readAsset(RUNTIME_ASSET, onBytes).catch((cause: unknown) => {
    throw runtimeUnavailable(RUNTIME_ASSET, cause);
  });
  // The engine keeps its arguments on one stack: overlapping runs, of whatever sessions, would mix theirs.
  const inTurn = oneAtATime();
  return {
    async open(path, model, preparation = 'as-written') {
      const session = await InferenceSession.create(model, {
        executionProviders: ['wasm'],
        graphOptimizationLevel: preparation === 'fold-constants' ? 'basic' : 'disabled',
      }).catch((cause: unknown) => {
        throw isRuntimeFault(cause)
          ? runtimeUnavailable(RUNTIME_ASSET, cause)
          : refused(path, cause);
      });
      return {
        device: 'wasm',
        run: (feeds) => inTurn(() => run(session, feeds)),
        close: () => session.release(),
      };
    },
  };
}

/** What an engine's refusal of a model is called. The file's hash is right when it gets here, so what the engine refuses is a model that it was not made for. */
export function refused(path: string, cause: unknown): ModelError {
  if (isAllocationFault(cause)) return outOfMemory(cause);
  const reason = describe(cause).replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 300);
  return modelUnsupported(path, reason, cause);
}

/** What the engine, the browser and a pod's memory limit say when there is no memory left. */
function isAllocationFault(cause: unknown): boolean {
  return /bad_alloc|fail(ed)? to allocate|allocation failed|out of memory|OrtOutOfMemory/i.test(
    describe(cause),
  );
}

/** The runtime starts with the first model, so a fault of its own binary surfaces there. */
function isRuntimeFault(cause: unknown): boolean {
  return describe(cause).includes('no available backend');
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

async function run(
  session: InferenceSession,
  feeds: Readonly<Record<string, Feed>>,
): Promise<Record<string, Float32Array>> {
  const tensors = Object.entries(feeds).map(([name, feed]) => [name, toTensor(feed)] as const);
  const outputs = await session.run(Object.fromEntries(tensors)).catch((cause: unknown) => {
    throw isAllocationFault(cause) ? outOfMemory(cause) : cause;
  });
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]),
  );
}

function toTensor({ type, data, dims }: Feed): Tensor {
  return type === 'int64' ? new Tensor(type, data, dims) : new Tensor(type, data, dims);
}
