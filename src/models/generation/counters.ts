/** A cumulative histogram as Prometheus keeps it. */
export interface Histogram {
  /** Upper bounds in seconds, rising. */
  readonly bounds: readonly number[];
  /** Observations up to each bound, and one more count for those above the last. */
  readonly counts: number[];
  sum: number;
}

/** What the batcher counts, named as vLLM names it. */
export interface Counters {
  runningRequests: number;
  waitingRequests: number;
  /** Share of the KV blocks that running requests hold, 0..1. */
  kvCacheUsage: number;
  /** Bytes of the keys and values that the last run was given, padding included, and the most of any run. */
  kvCacheBytes: number;
  kvCachePeakBytes: number;
  promptTokens: number;
  generationTokens: number;
  readonly finished: Record<'stop' | 'length' | 'abort', number>;
  readonly timeToFirstToken: Histogram;
  readonly timePerOutputToken: Histogram;
}

const FIRST_TOKEN_BOUNDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
const OUTPUT_TOKEN_BOUNDS = [
  0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2.5,
];

/** Everything at zero. */
export function createCounters(): Counters {
  return {
    runningRequests: 0,
    waitingRequests: 0,
    kvCacheUsage: 0,
    kvCacheBytes: 0,
    kvCachePeakBytes: 0,
    promptTokens: 0,
    generationTokens: 0,
    finished: { stop: 0, length: 0, abort: 0 },
    timeToFirstToken: createHistogram(FIRST_TOKEN_BOUNDS),
    timePerOutputToken: createHistogram(OUTPUT_TOKEN_BOUNDS),
  };
}

/** Adds one observation, in seconds. */
export function observe(histogram: Histogram, seconds: number): void {
  const above = histogram.bounds.findIndex((bound) => seconds <= bound);
  const at = above === -1 ? histogram.bounds.length : above;
  histogram.counts[at] = (histogram.counts[at] ?? 0) + 1;
  histogram.sum += seconds;
}

function createHistogram(bounds: readonly number[]): Histogram {
  return { bounds, counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 };
}
