/** What repeated measurements of one thing say together. */
export interface Summary {
  readonly median: number;
  /** The middle half of the samples lies between these. */
  readonly quartiles: readonly [number, number];
  /** Samples beyond 1.5 times that half's width, left out of the figures above. */
  readonly outliers: readonly number[];
  readonly samples: readonly number[];
  /** The middle half is wider than a tenth of the median: the figure is a rough one. */
  readonly isUnstable: boolean;
  /** The last third's median over the first third's; rates below 0.9 are those of a machine that slowed down. */
  readonly drift: number;
}

const FENCE = 1.5;
const ROUGH = 0.1;

/** Median, quartiles, and what was left out; the samples in the order in which they were taken. */
export function summarise(samples: readonly number[]): Summary {
  const [low, high] = quartilesOf(samples);
  const fence = FENCE * (high - low);
  const isOutlier = (sample: number): boolean => sample < low - fence || sample > high + fence;
  const kept = samples.filter((sample) => !isOutlier(sample));
  const middle = quantile(kept, 0.5);
  const quartiles = quartilesOf(kept);
  const third = Math.ceil(samples.length / 3);
  return {
    median: middle,
    quartiles,
    outliers: samples.filter(isOutlier),
    samples,
    isUnstable: quartiles[1] - quartiles[0] > ROUGH * middle,
    drift: quantile(samples.slice(-third), 0.5) / quantile(samples.slice(0, third), 0.5),
  };
}

function quartilesOf(samples: readonly number[]): [number, number] {
  return [quantile(samples, 0.25), quantile(samples, 0.75)];
}

/** Linear between the two samples around it. */
function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (at - Math.floor(at)) * (above - below);
}
