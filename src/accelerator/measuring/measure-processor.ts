import type { Rate, Report } from '../report.ts';
import type { OnProgress } from './measure-device.ts';
import { repeatRounds } from './repeat.ts';

const MiB = 1024 * 1024;
const COPY_BYTES = 64 * MiB;
const COPIES = 4;
const STEPS = 4_000_000;
/** Operations of a step of {@link multiplyAdd}. */
const STEP_FLOPS = 16;

/** The same roofline for one core of the processor, in JavaScript; for browsers without an adapter. */
export async function measureProcessor(onProgress: OnProgress): Promise<Report> {
  const source = new Float64Array(COPY_BYTES / 8).fill(1);
  const sink = new Float64Array(COPY_BYTES / 8);
  const bandwidth = await measure(
    'GB/s',
    (2 * COPIES * COPY_BYTES) / 1e9,
    () => {
      for (let copy = 0; copy < COPIES; copy++) sink.set(source);
    },
    (share) => onProgress('Copying between arrays', share / 2),
    `Each of ${COPY_BYTES / MiB} MiB is read once and written once by one core, through TypedArray.set; both count.`,
  );
  const compute = await measure(
    'GFLOP/s',
    (STEPS * STEP_FLOPS) / 1e9,
    () => {
      if (Number.isNaN(multiplyAdd(STEPS))) throw new Error('The sum is not a number.');
    },
    (share) => onProgress('Multiplying and adding', 1 / 2 + share / 2),
    'Eight chains of multiply-adds on float64 in JavaScript, on one core, without vector instructions; a multiply-add counts as two.',
  );
  return {
    schema: 1,
    takenAt: new Date().toISOString(),
    backend: 'cpu',
    adapter: null,
    timer: 'performance.now',
    bandwidth,
    compute,
    product: null,
    userAgent: navigator.userAgent,
  };
}

async function measure(
  unit: Rate['unit'],
  work: number,
  run: () => void,
  onRound: (share: number) => void,
  method: string,
): Promise<Rate> {
  const round = async () => {
    // A turn of the event loop, so that progress is told.
    await new Promise((resolve) => setTimeout(resolve));
    const from = performance.now();
    run();
    return { ms: performance.now() - from, secondMs: null };
  };
  const { rate, warmUpRounds } = await repeatRounds(round, work, onRound);
  return { ...rate, unit, method, second: null, warmUpRounds };
}

function multiplyAdd(steps: number): number {
  let [a, b, c, d, e, f, g, h] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
  for (let step = 0; step < steps; step++) {
    a = a * 0.999 + 0.001;
    b = b * 0.999 + 0.001;
    c = c * 0.999 + 0.001;
    d = d * 0.999 + 0.001;
    e = e * 0.999 + 0.001;
    f = f * 0.999 + 0.001;
    g = g * 0.999 + 0.001;
    h = h * 0.999 + 0.001;
  }
  return a + b + c + d + e + f + g + h;
}
