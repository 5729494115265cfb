import { labelKey, type Labels, type Sample } from './labels.ts';

/** One value at a time, milliseconds. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

export interface Series {
  readonly labels: Labels;
  /** Ascending. */
  readonly points: readonly Point[];
}

/** A small time series database in memory. */
export interface SeriesStore {
  /** Adds what one scrape saw at `at`, which is not before any earlier one. */
  append(at: number, samples: readonly Sample[]): void;
  /** Every series whose labels satisfy the test. */
  select(test: (labels: Labels) => boolean): readonly Series[];
  /** Names of all metrics, in order. */
  names(): readonly string[];
}

interface Kept {
  readonly labels: Labels;
  points: Point[];
}

/** Labels that a pod makes up for every request would fill the tab. */
const MOST_SERIES = 4000;

/** Keeps points for `retentionMs`; a series without any is forgotten. */
export function createSeriesStore(retentionMs: number): SeriesStore {
  const kept = new Map<string, Kept>();
  return {
    append(at, samples) {
      for (const { labels, value } of samples) {
        const key = labelKey(labels);
        const series = kept.get(key) ?? { labels, points: [] };
        if (!kept.has(key) && kept.size >= MOST_SERIES) continue;
        kept.set(key, series);
        series.points.push({ at, value });
      }
      expire(kept, at - retentionMs);
    },
    select: (test) => [...kept.values()].filter(({ labels }) => test(labels)),
    names: () =>
      [...new Set([...kept.values()].map(({ labels }) => labels['__name__'] ?? ''))].toSorted(),
  };
}

function expire(kept: Map<string, Kept>, before: number): void {
  for (const [key, series] of kept) {
    const first = series.points.findIndex(({ at }) => at >= before);
    if (first === -1) kept.delete(key);
    else if (first > 0) series.points = series.points.slice(first);
  }
}
