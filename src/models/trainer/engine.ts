import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.ts';
import { oneAtATime } from '../one-at-a-time.ts';

/** A loaded graph. */
export interface EngineSession {
  /** Runs the graph; the outputs are float32 by name. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Float32Array>>;
  close(): Promise<void>;
}

/** Something that executes ONNX graphs on one thread. */
export interface Engine {
  readonly name: EngineName;
  /** `asServed` leaves the graph as it is written, as the pod does; otherwise the engine rewrites it to be quicker. */
  open(model: Uint8Array, options?: { readonly asServed: boolean }): Promise<EngineSession>;
}

export type EngineName = 'wasm' | 'native';

/** Version of both engines; another version may round differently. */
export const RUNTIME_VERSION = '1.30.0';

/**
 * `wasm` runs the same binary as the browser, slower, and is the engine whose bytes are committed;
 * `native` uses this machine's vector instructions, so its last digits may differ between machines.
 */
export async function openEngine(name: EngineName): Promise<Engine> {
  return name === 'wasm' ? openWasmEngine() : openNativeEngine();
}

async function openWasmEngine(): Promise<Engine> {
  const ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = await readFile(
    new URL(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')),
  );
  return {
    name: 'wasm',
    open: async (model, options) =>
      openSession(ort, await ort.InferenceSession.create(model, rewriting(options))),
  };
}

async function openNativeEngine(): Promise<Engine> {
  const ort = await import('onnxruntime-node');
  const oneThread = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  return {
    name: 'native',
    open: async (model, options) =>
      openSession(
        ort,
        await ort.InferenceSession.create(model, { ...oneThread, ...rewriting(options) }),
      ),
  };
}

function rewriting(options = { asServed: false }): { graphOptimizationLevel: 'all' | 'disabled' } {
  return { graphOptimizationLevel: options.asServed ? 'disabled' : 'all' };
}

// As in runtime.ts: overlapping runs would mix their arguments.
const inTurn = oneAtATime();

type Runtime = typeof import('onnxruntime-web');
type RuntimeSession = Awaited<ReturnType<Runtime['InferenceSession']['create']>>;

function openSession(ort: Pick<Runtime, 'Tensor'>, session: RuntimeSession): EngineSession {
  return {
    async run(feeds) {
      const tensors = Object.entries(feeds).map(
        ([name, feed]) => [name, toTensor(ort, feed)] as const,
      );
      const outputs = await inTurn(() => session.run(Object.fromEntries(tensors)));
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]),
      );
    },
    close: () => session.release(),
  };
}

function toTensor(ort: Pick<Runtime, 'Tensor'>, feed: Feed) {
  return feed.type === 'int64'
    ? new ort.Tensor('int64', feed.data, feed.dims)
    : new ort.Tensor('float32', feed.data, feed.dims);
}
