import { build, type Histogram as HdrHistogram } from 'hdr-histogram-js';

/** Latencies with three significant digits from 1 microsecond to 1 hour; failures are kept as infinite. */
export interface LatencyHistogram {
  record(milliseconds: number): void;
  recordFailure(): void;
  /** Adds everything the other one holds: percentiles of several pods come from a merge, never from a mean. */
  merge(other: LatencyHistogram): void;
  /** Milliseconds; Infinity when the rank falls among the failures, NaN when nothing was recorded. */
  percentile(percent: number): number;
  /** Mean of the answered ones, exact; NaN when there are none. */
  mean(): number;
  readonly answered: number;
  readonly failed: number;
  /** For merging: the counts themselves. */
  readonly counts: HdrHistogram;
  readonly sum: number;
}

const HOUR_IN_MICROSECONDS = 3_600_000_000;

/** An empty histogram. */
export function createHistogram(): LatencyHistogram {
  const counts = build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    // Grows by itself: most runs stay below a second, and a live chart makes many histograms.
    highestTrackableValue: 1_000_000,
    numberOfSignificantValueDigits: 3,
  });
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

function toMicroseconds(milliseconds: number): number {
  return Math.min(HOUR_IN_MICROSECONDS, Math.max(0, Math.round(milliseconds * 1000)));
}
