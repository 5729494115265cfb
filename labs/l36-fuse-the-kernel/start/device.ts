/** The device of this pod, opened anew after it was lost. */
export interface OpenDevice {
  readonly device: GPUDevice;
  readonly name: string;
  /** The processor does the work: how long something takes says nothing about an accelerator. */
  readonly isSoftware: boolean;
  /** Why it is gone; rejects with it, and never resolves. */
  readonly lost: Promise<never>;
}

/** What went wrong, in a sentence, and whose it is. */
export class KernelTrouble extends Error {
  readonly kind: 'unavailable' | 'source' | 'time' | 'lost';

  constructor(kind: KernelTrouble['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A shader that takes longer is taken for endless. The browser's own limit is longer and ends the device of every tab. */
const LIMIT_MS = 5000;

const OPENING_MS = 10_000;

let opened: Promise<OpenDevice> | null = null;
let turn: Promise<unknown> = Promise.resolve();

/** One piece of work at a time. It ends with `time` after five seconds, and the device with it. */
export function useDevice<Result>(work: (open: OpenDevice) => Promise<Result>): Promise<Result> {
  const mine = turn.then(async () => {
    opened ??= answering(open());
    const device = await opened.catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return limited(device, work(device));
  });
  turn = mine.catch(() => undefined);
  return mine;
}

/** A device process that is stuck does not refuse: it says nothing. */
async function answering(opening: Promise<OpenDevice>): Promise<OpenDevice> {
  opening.catch(() => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new KernelTrouble(
          'lost',
          'The browser does not give a device: a shader of this or another tab may still run. Restart the browser.',
        ),
      );
    }, OPENING_MS);
  });
  return Promise.race([late, opening]).finally(() => clearTimeout(timer));
}

async function limited<Result>(open: OpenDevice, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = LIMIT_MS / 1000;
      reject(
        new KernelTrouble(
          'time',
          `The passes did not end within ${seconds} s, and the device was given back. Look for a loop whose counter does not grow.`,
        ),
      );
      opened = null;
      open.device.destroy();
    }, LIMIT_MS);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([late, open.lost, work]);
  } finally {
    clearTimeout(timer);
  }
}

async function open(): Promise<OpenDevice> {
  const gpu = 'gpu' in navigator ? navigator.gpu : null;
  if (!gpu) throw new KernelTrouble('unavailable', 'this browser has no WebGPU');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new KernelTrouble('unavailable', 'this browser has WebGPU and gives no adapter');
  const device = await adapter.requestDevice();
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const lost = device.lost.then(({ message, reason }): never => {
    opened = null;
    throw new KernelTrouble('lost', `The device was lost: ${message || reason}`);
  });
  lost.catch(() => undefined);
  const isSoftware = isFallbackAdapter || /swiftshader|llvmpipe|warp/i.test(name);
  console.log(`adapter: ${name}${isSoftware ? ', a software adapter' : ''}`);
  return { device, name, isSoftware, lost };
}
