import type { JsHistogram } from 'hdr-histogram-js';
// The package's entry for browsers brings 50 KB of WebAssembly and an `eval` that the page's policy forbids.
import { constructorFromBucketSize } from 'hdr-histogram-js/dist/JsHistogramFactory.js';

/** What a histogram holds, to be kept in a file and merged later: value i was seen counts[i] times. */
export interface HistogramCounts {
  readonly unit: 'microseconds';
  readonly significantDigits: 3;
  readonly values: readonly number[];
  readonly counts: readonly number[];
  readonly failed: number;
  /** Exact sum of the answered ones, milliseconds. */
  readonly sum: number;
}

/** Latencies with three significant digits from 1 microsecond to 1 hour; failures are kept as infinite. */
export interface LatencyHistogram {
  record(milliseconds: number): void;
  recordFailure(): void;
  /** Adds everything the other one holds: percentiles of several pods come from a merge, never from a mean. */
  merge(other: LatencyHistogram): void;
  /** Adds what `toCounts` of another one gave. */
  mergeCounts(counts: HistogramCounts): void;
  toCounts(): HistogramCounts;
  /** Milliseconds; Infinity when the rank falls among the failures, NaN when nothing was recorded. */
  percentile(percent: number): number;
  /** Mean of the answered ones, exact; NaN when there are none. */
  mean(): number;
  readonly answered: number;
  readonly failed: number;
  /** For merging: the counts themselves. */
  readonly counts: JsHistogram;
  readonly sum: number;
}

const HOUR_IN_MICROSECONDS = 3_600_000_000;
const SIGNIFICANT_DIGITS = 3;
const Counts = constructorFromBucketSize(32);

/** An empty histogram. */
export function createHistogram(): LatencyHistogram {
  // Grows by itself: most runs stay below a second, and a live chart makes many histograms.
  const counts = new Counts(1, 1_000_000, SIGNIFICANT_DIGITS);
  counts.autoResize = true;
  let sum = 0;
  let failed = 0;
  const answered = () => counts.totalCount;
  return {
    counts,
    get answered() {
      return answered();
    },
    get failed() {
      return failed;
    },
    get sum() {
      return sum;
    },
    record(milliseconds) {
      counts.recordValue(toMicroseconds(milliseconds));
      sum += milliseconds;
    },
    recordFailure() {
      failed += 1;
    },
    merge(other) {
      counts.add(other.counts);
      sum += other.sum;
      failed += other.failed;
    },
    mergeCounts(other) {
      for (const [index, value] of other.values.entries())
        counts.recordValueWithCount(value, other.counts[index] ?? 0);
      sum += other.sum;
      failed += other.failed;
    },
    toCounts: () => ({
      unit: 'microseconds',
      significantDigits: SIGNIFICANT_DIGITS,
      ...listCounts(counts),
      failed,
      sum,
    }),
    percentile(percent) {
      const total = answered() + failed;
      if (total === 0) return NaN;
      const rank = Math.max(1, Math.ceil((percent / 100) * total - 1e-9));
      if (rank > answered()) return Infinity;
      return counts.getValueAtPercentile((rank / answered()) * 100) / 1000;
    },
    mean: () => sum / answered(),
  };
}

function listCounts(histogram: JsHistogram): Pick<HistogramCounts, 'values' | 'counts'> {
  const values: number[] = [];
  const counts: number[] = [];
  const iterator = histogram.recordedValuesIterator;
  iterator.reset();
  while (iterator.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo } = iterator.next();
    values.push(valueIteratedTo);
    counts.push(countAtValueIteratedTo);
  }
  return { values, counts };
}

function toMicroseconds(milliseconds: number): number {
  return Math.min(HOUR_IN_MICROSECONDS, Math.max(0, Math.round(milliseconds * 1000)));
}
