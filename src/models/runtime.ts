import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { modelCorrupt, runtimeUnavailable } from './errors.ts';
import type { PaddedBatch } from './pad.ts';

/** Where the runtime's binary is found among the assets. */
const RUNTIME_ASSET = 'runtime/ort-wasm-simd-threaded.wasm';

/** An open model: token ids in, raw outputs [batch × classes] out. */
export interface ModelSession {
  run(batch: PaddedBatch): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The wasm runtime, once per worker. */
export interface Runtime {
  /** Opens a model; `path` is for the message when the runtime refuses it. */
  open(path: string, model: Uint8Array): Promise<ModelSession>;
}

/** Prepares onnxruntime-web for a place without network, threads or eval: its binary is handed over as bytes. */
export async function openRuntime(source: { readAsset(path: string): Promise<Uint8Array> }): Promise<Runtime> {
  env.wasm.numThreads = 1;
  env.wasm.wasmBinary = await source.readAsset(RUNTIME_ASSET).catch((cause: unknown) => {
    throw runtimeUnavailable(RUNTIME_ASSET, cause);
  });
  return {
    async open(path, model) {
      const session = await InferenceSession.create(model, {
        executionProviders: ['wasm'],
        // Rewriting the graph takes 60 to 130 ms of the start and makes no run of these graphs faster.
        graphOptimizationLevel: 'disabled',
      }).catch((cause: unknown) => {
        throw isRuntimeFault(cause)
          ? runtimeUnavailable(RUNTIME_ASSET, cause)
          : modelCorrupt(path, `the engine refused it (${describe(cause)})`, cause);
      });
      return { run: (batch) => run(session, batch), close: () => session.release() };
    },
  };
}

/** The runtime starts with the first model, so a fault of its own binary surfaces there. */
function isRuntimeFault(cause: unknown): boolean {
  return describe(cause).includes('no available backend');
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

async function run(session: InferenceSession, { ids, mask, dims }: PaddedBatch): Promise<Float32Array> {
  const outputs = await session.run({
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', mask, dims),
  });
  return outputs.logits?.data as Float32Array;
}
