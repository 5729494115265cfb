import { openAcceleratedRuntime } from '#models/webgpu-runtime.ts';
import runInWorker from './main.ts';

/** Runs one container that was given the accelerator in a worker of the sandbox. */
export default function runAccelerated(port: MessagePort): void {
  runInWorker(port, { openAccelerator: openAcceleratedRuntime });
}
