import { drawTelemetry } from '#models/draw-telemetry.ts';

/** Calm telemetry as a network reads it: each feature with mean 0 and deviation 1. */
export interface Windows {
  readonly count: number;
  /** Numbers in a window: samples times features. */
  readonly width: number;
  /** Float [count, width]. */
  readonly values: Float32Array;
}

const MACHINES = 6;
const DAYS = 7;
const SAMPLES = 12;
/** Each window begins half a window after the one before. */
const STRIDE = SAMPLES / 2;

/** The windows that a training job reads; the same seed gives the same machines. */
export function drawWindows(seed: number): Windows {
  const machines = Array.from({ length: MACHINES }, (_, index) =>
    drawTelemetry(1000 * seed + index, DAYS).samples.map((sample) => [...sample]),
  );
  normalise(machines.flat());
  const windows = machines.flatMap((reports) => cut(reports));
  const width = windows[0]?.length ?? 0;
  const values = new Float32Array(windows.length * width);
  windows.forEach((window, row) => values.set(window, row * width));
  return { count: windows.length, width, values };
}

function cut(reports: readonly number[][]): number[][] {
  const windows: number[][] = [];
  for (let from = 0; from + SAMPLES <= reports.length; from += STRIDE)
    windows.push(reports.slice(from, from + SAMPLES).flat());
  return windows;
}

/** In place, over all machines: a degree and a millisecond shall weigh the same. */
function normalise(reports: readonly number[][]): void {
  const features = reports[0]?.length ?? 0;
  for (let feature = 0; feature < features; feature++) {
    const column = reports.map((report) => report[feature] as number);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const square = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
    for (const report of reports)
      report[feature] = ((report[feature] as number) - mean) / Math.sqrt(square);
  }
}
