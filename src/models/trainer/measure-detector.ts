import { ANOMALIES } from '../data/telemetry/anomalies.ts';
import { FEATURES } from '../data/telemetry/features.ts';
import type { Telemetry } from '../draw-telemetry.ts';
import type { AnomalyManifest } from '../manifest.ts';
import type { EngineSession } from './engine.ts';
import { areaUnderCurve, averagePrecision, scoreExceededBy } from './ranking.ts';
import { drawFleet, normalisationOf, windowsFeed, windowsOf, type Window } from './windows.ts';

type Detection = AnomalyManifest['evaluation']['heldOutMachines'];

/** The manifest's threshold and figures. */
export interface DetectorMeasurement {
  readonly threshold: number;
  readonly evaluation: AnomalyManifest['evaluation'];
}

const RUN_ROWS = 512;
const MACHINES = 24;
const DAYS = 7;
// Far from the seeds of training.
const HELD_OUT_SEED = 900_000;
/** Share of calm windows that may raise an alarm. */
const FALSE_ALARMS = 0.01;

/** Measures an open detector; equal files give equal figures on the wasm engine. */
export async function measureDetector(
  session: EngineSession,
  { samples, dataSeed }: { readonly samples: number; readonly dataSeed: number },
): Promise<DetectorMeasurement> {
  const calm = drawFleet(dataSeed, MACHINES, DAYS);
  const usual = calm.flatMap((machine) => windowsOf(machine, samples));
  const { errors } = await runDetector(session, usual, samples);
  const threshold = Number(scoreExceededBy(FALSE_ALARMS, errors).toFixed(3));
  const measure = (fleet: readonly Telemetry[]): Promise<Detection> =>
    detect(session, fleet, normalisationOf(calm), { samples, threshold });
  return {
    threshold,
    evaluation: {
      seenMachines: await measure(drawFleet(dataSeed, MACHINES, DAYS, { anomalies: true })),
      heldOutMachines: await measure(drawFleet(HELD_OUT_SEED, MACHINES, DAYS, { anomalies: true })),
    },
  };
}

/** What the model says of each window. */
export async function runDetector(
  session: EngineSession,
  windows: readonly Window[],
  samples: number,
): Promise<{ errors: number[]; featureErrors: Float32Array[] }> {
  const errors: number[] = [];
  const featureErrors: Float32Array[] = [];
  for (let from = 0; from < windows.length; from += RUN_ROWS) {
    const part = windows.slice(from, from + RUN_ROWS).map(({ values }) => values);
    const outputs = await session.run({ windows: windowsFeed(part, samples) });
    errors.push(...(outputs.error ?? []));
    part.forEach((_, row) =>
      featureErrors.push(
        (outputs.feature_errors ?? new Float32Array(0)).slice(
          row * FEATURES.length,
          (row + 1) * FEATURES.length,
        ),
      ),
    );
  }
  return { errors, featureErrors };
}

async function detect(
  session: EngineSession,
  fleet: readonly Telemetry[],
  { mean, deviation }: ReturnType<typeof normalisationOf>,
  { samples, threshold }: { samples: number; threshold: number },
): Promise<Detection> {
  const windows = fleet.flatMap((machine) => windowsOf(machine, samples));
  const { errors } = await runDetector(session, windows, samples);
  const scored = (scores: readonly number[]) =>
    scores.map((score, index) => ({ score, isWanted: windows[index]?.kind !== null }));
  // What a rule without a model would look at: the largest deviation of any feature from its mean.
  const deviations = windows.map(({ values }) =>
    values.reduce((most, value, index) => {
      const feature = index % FEATURES.length;
      const distance = Math.abs(value - (mean[feature] ?? 0)) / (deviation[feature] ?? 1);
      return Math.max(most, distance);
    }, 0),
  );
  const above = (kind: Window['kind']): number => {
    const own = errors.filter((_, index) => windows[index]?.kind === kind);
    return rounded(own.filter((error) => error > threshold).length / own.length);
  };
  const quality = (scores: readonly number[]) => ({
    auc: rounded(areaUnderCurve(scored(scores))),
    averagePrecision: rounded(averagePrecision(scored(scores))),
  });
  return {
    windows: windows.length,
    anomalous: rounded(windows.filter(({ kind }) => kind !== null).length / windows.length),
    ...quality(errors),
    baseline: quality(deviations),
    falseAlarms: above(null),
    found: Object.fromEntries(ANOMALIES.map((kind) => [kind, above(kind)])),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
