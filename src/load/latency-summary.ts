import type { LatencyHistogram } from './histogram.ts';

/**
 * Latency in milliseconds, from the scheduled send time. A failure counts as infinite: it stays in
 * the percentiles and in `max`, so `Infinity` means "this share of the requests never got an answer".
 */
export interface LatencySummary {
  /** Requests in the percentiles: answered and failed, not cancelled ones. */
  readonly count: number;
  /** Mean of the answered requests only; null when none was answered. */
  readonly mean: number | null;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** null when the histogram is empty. */
export function summariseLatency(latency: LatencyHistogram): LatencySummary | null {
  const count = latency.answered + latency.failed;
  if (count === 0) return null;
  return {
    count,
    mean: latency.answered > 0 ? latency.mean() : null,
    p50: latency.percentile(50),
    p90: latency.percentile(90),
    p95: latency.percentile(95),
    p99: latency.percentile(99),
    p999: latency.percentile(99.9),
    max: latency.percentile(100),
  };
}
