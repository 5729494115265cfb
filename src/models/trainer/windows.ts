import { FEATURES } from '../data/telemetry/features.ts';
import type { AnomalyKind } from '../data/telemetry/anomalies.ts';
import { drawTelemetry, type Telemetry } from '../draw-telemetry.ts';
import type { Feed } from '../feed.ts';
import type { Random } from '../random.ts';
import type { Normalisation } from './autoencoder.ts';

/** A stretch of one machine's reports. */
export interface Window {
  /** Float [samples, features], in the units of the features. */
  readonly values: Float32Array;
  /** The anomaly that a good part of the window shows, or null. */
  readonly kind: AnomalyKind | null;
}

// A window of which less is anomalous, and that is not calm either, is nobody's to find and is not counted.
const ANOMALOUS_SHARE = 1 / 3;

/** Calm reports of the machines `firstSeed`, `firstSeed` + 1, ... */
export function drawFleet(
  firstSeed: number,
  machines: number,
  days: number,
  options: { readonly anomalies: boolean } = { anomalies: false },
): Telemetry[] {
  return Array.from({ length: machines }, (_, index) =>
    drawTelemetry(firstSeed + index, days, options),
  );
}

/** All windows of a machine, each half a window after the one before. */
export function windowsOf({ samples: reports, anomalies }: Telemetry, samples: number): Window[] {
  const windows: Window[] = [];
  for (let from = 0; from + samples <= reports.length; from += samples / 2) {
    const overlap = (anomaly: (typeof anomalies)[number]): number =>
      Math.min(from + samples, anomaly.from + anomaly.samples) - Math.max(from, anomaly.from);
    const touching = anomalies.filter((anomaly) => overlap(anomaly) > 0);
    const shown = touching.find((anomaly) => overlap(anomaly) >= samples * ANOMALOUS_SHARE);
    if (touching.length > 0 && !shown) continue;
    const values = Float32Array.from(reports.slice(from, from + samples).flat());
    windows.push({ values, kind: shown?.kind ?? null });
  }
  return windows;
}

/** Windows as the graphs take them: float [batch, samples, features]. */
export function windowsFeed(windows: readonly Float32Array[], samples: number): Feed {
  const data = new Float32Array(windows.length * samples * FEATURES.length);
  windows.forEach((values, row) => data.set(values, row * samples * FEATURES.length));
  return { type: 'float32', data, dims: [windows.length, samples, FEATURES.length] };
}

/** `batch` windows that begin anywhere, of machines drawn at random. */
export function drawWindows(
  fleet: readonly Telemetry[],
  batch: number,
  samples: number,
  random: Random,
): Feed {
  const windows = Array.from({ length: batch }, () => {
    const { samples: reports } = random.pick(fleet);
    const from = random.below(reports.length - samples + 1);
    return Float32Array.from(reports.slice(from, from + samples).flat());
  });
  return windowsFeed(windows, samples);
}

/** Mean and deviation of each feature over a fleet. */
export function normalisationOf(fleet: readonly Telemetry[]): Normalisation {
  const all = fleet.flatMap(({ samples }) => samples);
  const means = FEATURES.map(
    (_, feature) => all.reduce((sum, sample) => sum + (sample[feature] ?? 0), 0) / all.length,
  );
  const deviations = means.map((mean, feature) =>
    Math.sqrt(
      all.reduce((sum, sample) => sum + ((sample[feature] ?? 0) - mean) ** 2, 0) / all.length,
    ),
  );
  return { mean: Float32Array.from(means), deviation: Float32Array.from(deviations) };
}
