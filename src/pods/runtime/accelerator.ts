import type { Accelerator } from '#models/serve.ts';
import type { Log, Realm, Tell } from './run-container.ts';

/** Handlers get this long to tell their clients why before the container ends. */
const FAREWELL_MS = 150;

/**
 * The accelerator of a container that was given one. Says in the pod's log and to the platform what models run on. When
 * the device is lost, what runs is rejected and the container ends, because a realm gets no second engine: the kubelet
 * starts it again.
 */
export function useAccelerator(open: Realm['openAccelerator'], log: Log, tell: Tell): Accelerator {
  const report = (device: 'webgpu' | 'wasm', text: string): void => {
    log(device === 'webgpu' ? 'info' : 'warn', `accelerator: ${text}`);
    tell({ t: 'accelerator', device, text: text.slice(0, 500) });
  };
  return {
    async open(source, onBytes) {
      if (!open) throw new Error('this kind of container cannot use it');
      const runtime = await open(source, onBytes);
      report('webgpu', runtime.adapter);
      void runtime.lost.then((why) => {
        const message = `The accelerator was lost: ${why}`;
        log('error', message);
        setTimeout(() => tell({ t: 'exit', reason: 'DeviceLost', message }), FAREWELL_MS);
      });
      return runtime;
    },
    onFallback: (reason) => report('wasm', reason),
  };
}

/** Takes WebGPU away from a container that was not given the device. */
export function hideAccelerator(): void {
  if (typeof navigator === 'undefined') return;
  const scope: object = Object.getPrototypeOf(navigator) as object;
  Reflect.deleteProperty(scope, 'gpu');
}
