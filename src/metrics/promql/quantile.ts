import { labelKey, withoutLabels, type Labels, type Sample } from '../labels.ts';

interface Bucket {
  readonly bound: number;
  readonly count: number;
}

/** The quantile of each classic histogram in the vector: linear inside its bucket, as in Prometheus. */
export function histogramQuantile(quantile: number, vector: readonly Sample[]): readonly Sample[] {
  const histograms = new Map<string, { readonly labels: Labels; readonly buckets: Bucket[] }>();
  for (const { labels, value } of vector) {
    const { le } = labels;
    if (le === undefined) continue;
    const own = withoutLabels(labels, new Set(['le', '__name__']));
    const key = labelKey(own);
    const known = histograms.get(key) ?? { labels: own, buckets: [] };
    histograms.set(key, known);
    known.buckets.push({ bound: le === '+Inf' ? Infinity : Number(le), count: value });
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({
    labels,
    value: findQuantile(
      quantile,
      buckets.toSorted((a, b) => a.bound - b.bound),
    ),
  }));
}

function findQuantile(quantile: number, buckets: readonly Bucket[]): number {
  const last = buckets.at(-1);
  const isWhole = buckets.length >= 2 && last?.bound === Infinity && last.count > 0;
  if (!last || !isWhole) return Number.NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const rank = quantile * last.count;
  const index = buckets.findIndex(({ count }) => count >= rank);
  return interpolate(rank, buckets[index] ?? last, buckets[index - 1] ?? null);
}

function interpolate(rank: number, bucket: Bucket, before: Bucket | null): number {
  const below = before ?? { bound: Math.min(0, bucket.bound), count: 0 };
  // Above the highest bound nothing is known but that bound.
  if (bucket.bound === Infinity) return below.bound;
  const within = bucket.count - below.count;
  if (within === 0) return below.bound;
  return below.bound + (bucket.bound - below.bound) * ((rank - below.count) / within);
}
