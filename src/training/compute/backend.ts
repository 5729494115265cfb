import { backend, env, ready, setBackend } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { BACKENDS, type BackendName, type TrainingPlan } from '../plan.ts';

/** What a worker computes with, and what it tried before. */
export interface OpenedBackend {
  readonly name: BackendName;
  /** One sentence for each backend that was wanted and could not be had. */
  readonly refused: readonly string[];
  /** Resolves with the browser's reason when the accelerator is lost; null where there is none. */
  readonly lost: Promise<string> | null;
}

/** Sets tfjs up with the wanted backend, or with the next slower one that works. Rejects when none does. */
export async function openBackend(wanted: TrainingPlan['backend']): Promise<OpenedBackend> {
  const refused: string[] = [];
  for (const name of wanted === 'auto' ? BACKENDS : BACKENDS.slice(BACKENDS.indexOf(wanted))) {
    const trouble = await tryBackend(name);
    if (trouble === null) return { name, refused, lost: name === 'webgpu' ? watchDevice() : null };
    refused.push(`${name}: ${trouble}`);
  }
  throw new Error(`Nothing here can train. ${refused.join(' ')}`);
}

async function watchDevice(): Promise<string> {
  const { message, reason } = await (backend() as WebGPUBackend).device.lost;
  return message || reason || 'no reason given';
}

/** Null when it works. */
async function tryBackend(name: BackendName): Promise<string | null> {
  try {
    if (name === 'webgpu' && !('gpu' in navigator)) return 'this browser has no WebGPU.';
    await LOAD[name]();
    if (!(await setBackend(name))) return 'it did not start.';
    await ready();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const LOAD: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  webgpu: async () => {
    if (!(await navigator.gpu.requestAdapter())) throw new Error('there is no adapter.');
    return import('@tensorflow/tfjs-backend-webgpu');
  },
  wasm: async () => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // Threads would need a worker made of a blob, and gain nothing with matrices this small.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({
      // Asked for, and with the flag above not fetched.
      'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
      'tfjs-backend-wasm.wasm': plainWasm,
      'tfjs-backend-wasm-simd.wasm': simdWasm,
    });
  },
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
};
