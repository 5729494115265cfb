import { batchTooLarge, inputInvalid, modelClosed, modelCorrupt } from './errors.ts';
import type { Detection, Detector } from './learner/detector.ts';
import type { AnomalyManifest } from './manifest.ts';
import type { ModelSession } from './runtime.ts';

type Described = Pick<
  AnomalyManifest,
  'name' | 'version' | 'features' | 'samples' | 'intervalSeconds' | 'threshold'
>;
type Window = readonly (readonly number[])[];

/** Windows in one run; each takes some tens of kilobytes of the engine's memory. */
const MOST_WINDOWS = 4096;

/** The learner's view of an anomaly detector's session. */
export function createDetector(manifest: Described, session: ModelSession): Detector {
  const { name, version, features, samples, intervalSeconds, threshold } = manifest;
  const width = features.length;
  let isOpen = true;

  const detectBatch = async (windows: readonly Window[]): Promise<Detection[]> => {
    if (!isOpen) throw modelClosed(name);
    if (!Array.isArray(windows)) throw inputInvalid(nameOf(windows), 'windows', 'a list');
    if (windows.length === 0) return [];
    if (windows.length > MOST_WINDOWS) throw batchTooLarge(windows.length, MOST_WINDOWS, 'windows');
    const data = Float32Array.from(windows.flatMap((window) => flatten(window, samples, width)));
    const { error, reconstruction } = await session.run({
      windows: { type: 'float32', data, dims: [windows.length, samples, width] },
    });
    if (error?.length !== windows.length || reconstruction?.length !== data.length)
      throw modelCorrupt(
        `models/${name}/manifest.json`,
        `it describes windows of ${samples} samples of ${width} features, and the model gives others`,
      );
    return windows.map((_, row) => ({
      error: error[row] as number,
      isAnomalous: (error[row] as number) > threshold,
      reconstruction: Array.from({ length: samples }, (__, sample) => {
        const start = (row * samples + sample) * width;
        return Array.from(reconstruction.subarray(start, start + width));
      }),
    }));
  };

  return {
    name,
    version,
    device: session.device,
    features,
    samples,
    intervalSeconds,
    threshold,
    detectBatch,
    async detect(window) {
      const [result] = await detectBatch([window]);
      return result as Detection;
    },
    async warm(runs = 3) {
      const zero = Array.from({ length: samples }, () => features.map(() => 0));
      for (let run = 0; run < runs; run++) await detectBatch([zero]);
    },
    async dispose() {
      if (!isOpen) return;
      isOpen = false;
      await session.close();
    },
  };
}

/** Learner code is not type-checked at run time: the window's numbers in a row, if it has the model's form. */
function flatten(window: unknown, samples: number, width: number): number[] {
  const wanted = `${samples} samples of ${width} numbers`;
  if (!Array.isArray(window)) throw inputInvalid(nameOf(window), 'window', wanted);
  if (window.length !== samples) throw inputInvalid(`${window.length} samples`, 'window', wanted);
  return window.flatMap((sample: unknown, index) => {
    if (!Array.isArray(sample) || sample.length !== width)
      throw inputInvalid(`${nameOf(sample)} as sample ${index}`, 'window', wanted);
    const bad = sample.find((value) => !Number.isFinite(value));
    if (bad !== undefined || sample.includes(undefined))
      throw inputInvalid(`${String(bad)} in sample ${index}`, 'window', `${wanted}, all finite`);
    return sample as number[];
  });
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return value === null ? 'null' : typeof value;
}
