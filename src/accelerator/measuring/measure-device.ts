import type { AdapterFacts, Rate, Report } from '../report.ts';
import { describeAdapter } from './adapter-facts.ts';
import { createDeviceTimer, type DeviceTimer } from './device-timer.ts';
import { openCopy, openMultiplyAdd, openProduct, type Kernel } from './kernels.ts';
import { repeatRounds } from './repeat.ts';

/** Tells how far it is: a sentence, and a share of 1. */
export type OnProgress = (step: string, share: number) => void;

const MiB = 1024 * 1024;
/** Beyond what caches hold; a software adapter has the processor's, and copies so much in a second. */
const COPY_BYTES = { hardware: 256 * MiB, software: 32 * MiB };
const INVOCATIONS = { hardware: 1 << 18, software: 1 << 12 };
const SIZE = { hardware: 2048, software: 512 };
const LEAST_PASS_MS = 40;

/** The adapter that this browser gives; null where it has no WebGPU or gives none. */
export async function findAdapter(): Promise<GPUAdapter | null> {
  if (!('gpu' in navigator)) return null;
  return navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
}

/** Measures the adapter; rejects with a sentence when the device is lost on the way. */
export async function measureDevice(adapter: GPUAdapter, onProgress: OnProgress): Promise<Report> {
  const facts = describeAdapter(adapter);
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: {
      maxBufferSize: adapter.limits.maxBufferSize,
      maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
    },
  });
  const lost = device.lost.then(({ message, reason }): never => {
    throw new Error(
      `The device was lost while it was measured (${message || reason}). Nothing is kept. Measure again; if it is lost again, the driver may be at fault.`,
    );
  });
  lost.catch(() => undefined);
  const report = await Promise.race([lost, measureKernels(device, facts, onProgress)]);
  device.destroy();
  return report;
}

async function measureKernels(
  device: GPUDevice,
  adapter: AdapterFacts,
  onProgress: OnProgress,
): Promise<Report> {
  const timer = createDeviceTimer(device);
  const kind = adapter.isSoftware ? 'software' : 'hardware';
  const note = (step: string, from: number) => (share: number) => {
    onProgress(step, from + share / 3);
  };

  const room = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  const copy = await openCopy(device, Math.min(COPY_BYTES[kind], powerOfTwo(room)));
  const bandwidth = await measure(timer, copy, 'GB/s', note('Copying between buffers', 0), {
    method: `Each of ${copy.bytes / MiB} MiB is read once and written once, four numbers at a time; both count.`,
  });
  copy.destroy();

  const chains = await openMultiplyAdd(device, INVOCATIONS[kind]);
  const compute = await measure(timer, chains, 'GFLOP/s', note('Multiplying and adding', 1 / 3), {
    method:
      'Eight chains of multiply-adds on vectors of four float32 in registers, no memory in between; a multiply-add counts as two.',
  });
  chains.destroy();

  const size = SIZE[kind];
  const kernel = await openProduct(device, size);
  const error = await kernel.error();
  const product = await measure(timer, kernel, 'GFLOP/s', note('Multiplying matrices', 2 / 3), {
    method: `The product of two ${size} x ${size} float32 matrices, blocks of 4 x 4 in registers.`,
  });
  kernel.destroy();

  return {
    schema: 1,
    takenAt: new Date().toISOString(),
    backend: 'webgpu',
    adapter,
    timer: timer.timer,
    bandwidth,
    compute,
    product: { ...product, size, error },
    userAgent: navigator.userAgent,
  };
}

async function measure(
  timer: DeviceTimer,
  { encode, work }: Kernel,
  unit: Rate['unit'],
  onRound: (share: number) => void,
  { method }: { readonly method: string },
): Promise<Rate> {
  onRound(0);
  const times = await timer.fill(encode, LEAST_PASS_MS);
  const found = await repeatRounds(() => timer.round(encode, times), times * work, onRound);
  const { rate, secondMedian, ratio, warmUpRounds } = found;
  const second =
    secondMedian === null ? null : { timer: timer.second, median: secondMedian, ratio };
  return { ...rate, unit, method, second, warmUpRounds };
}

function powerOfTwo(most: number): number {
  return 2 ** Math.floor(Math.log2(most));
}
