import type { Timer } from '../report.ts';
import type { Round } from './repeat.ts';

/** Dispatches `times` times in one compute pass. */
export type Encode = (pass: GPUComputePassEncoder, times: number) => void;

/** Times passes on a device. */
export interface DeviceTimer {
  readonly timer: Timer;
  readonly second: Timer;
  /** How often a pass must dispatch to take at least `ms`, and never so often that the browser takes it for hung. */
  fill(encode: Encode, ms: number): Promise<number>;
  /** Some passes of `times` dispatches each: milliseconds of one pass by each timer. */
  round(encode: Encode, times: number): Promise<Round>;
}

const PASSES = 4;
const MOST_TIMES = 1 << 16;

/** By the device's clock where it has one for us, and by waiting for the queue; where it has none, by waiting only. */
export function createDeviceTimer(device: GPUDevice): DeviceTimer {
  const clock = device.features.has('timestamp-query') ? createClock(device) : null;

  const submit = async (encode: Encode, times: number, passes: number): Promise<number> => {
    const from = performance.now();
    for (let index = 0; index < passes; index++) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass(clock ? clock.writesOf(index) : {});
      encode(pass, times);
      pass.end();
      if (clock && index === passes - 1) clock.resolve(encoder);
      device.queue.submit([encoder.finish()]);
    }
    await device.queue.onSubmittedWorkDone();
    return performance.now() - from;
  };

  return {
    timer: clock ? 'timestamp-query' : 'onSubmittedWorkDone',
    second: 'onSubmittedWorkDone',
    async fill(encode, ms) {
      await submit(encode, 1, 1);
      let times = 1;
      for (;;) {
        const spent = await submit(encode, times, 1);
        if (spent >= ms || times >= MOST_TIMES) return times;
        times = Math.min(MOST_TIMES, Math.ceil(times * Math.min(8, Math.max(1.5, ms / spent))));
      }
    },
    async round(encode, times) {
      if (clock) {
        const wall = await submit(encode, times, PASSES);
        return { ms: (await clock.read(PASSES)) / PASSES, secondMs: wall / PASSES };
      }
      // Without a clock: several passes, and the difference between more and fewer, which leaves out what waiting costs.
      const many = await submit(encode, times, PASSES);
      const few = await submit(encode, times, 1);
      return { ms: many / PASSES, secondMs: (many - few) / (PASSES - 1) };
    },
  };
}

function createClock(device: GPUDevice) {
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 * PASSES });
  const bytes = 2 * PASSES * BigUint64Array.BYTES_PER_ELEMENT;
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ size: bytes, usage: QUERY_RESOLVE | COPY_SRC });
  const readable = device.createBuffer({ size: bytes, usage: COPY_DST | MAP_READ });
  return {
    writesOf: (pass: number): GPUComputePassDescriptor => ({
      timestampWrites: {
        querySet,
        beginningOfPassWriteIndex: 2 * pass,
        endOfPassWriteIndex: 2 * pass + 1,
      },
    }),
    resolve(encoder: GPUCommandEncoder): void {
      encoder.resolveQuerySet(querySet, 0, 2 * PASSES, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, readable, 0, bytes);
    },
    /** Milliseconds of the first `passes` passes together. */
    async read(passes: number): Promise<number> {
      await readable.mapAsync(GPUMapMode.READ);
      const stamps = new BigUint64Array(readable.getMappedRange().slice(0));
      readable.unmap();
      let nanoseconds = 0n;
      for (let pass = 0; pass < passes; pass++)
        nanoseconds += (stamps[2 * pass + 1] ?? 0n) - (stamps[2 * pass] ?? 0n);
      return Number(nanoseconds) / 1e6;
    },
  };
}
