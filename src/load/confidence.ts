import type { LatencyHistogram } from './histogram.ts';

/**
 * How far a percentile can be trusted. `interval` holds the true value in 95 of 100 such runs if the
 * requests were independent of each other; in a queue neighbours are alike, and it is wider than
 * this says. `too-small`: with fewer than `needs` requests there is no such interval at all.
 */
type Confidence =
  | {
      readonly kind: 'interval';
      /** Milliseconds; Infinity where the rank falls among the failures. */
      readonly low: number;
      readonly high: number;
      /** At least 100 requests lie beyond the percentile, as a figure to be quoted needs. */
      readonly isEnough: boolean;
    }
  | { readonly kind: 'too-small'; readonly needs: number };

export interface PercentileStatement {
  readonly percent: number;
  readonly value: number;
  readonly confidence: Confidence;
  /** Requests for a figure to be quoted: 100 / (1 - p). */
  readonly advised: number;
}

interface Ranks {
  readonly low: number;
  readonly high: number;
}

/** Half of the 5 % that may lie outside. */
const TAIL = 0.025;
const NORMAL_QUANTILE = 1.959964;
/** Above this many expected exceedances the normal distribution is close enough. */
const EXACT_LIMIT = 400;
const BEYOND = 100;
const PERCENTS = [50, 90, 95, 99, 99.9];

/** p50, p90, p95, p99 and p99.9 of a histogram with what can be said for each. */
export function statePercentiles(latency: LatencyHistogram): readonly PercentileStatement[] {
  if (latency.answered + latency.failed === 0) return [];
  return PERCENTS.map((percent) => statePercentile(latency, percent));
}

function statePercentile(latency: LatencyHistogram, percent: number): PercentileStatement {
  const n = latency.answered + latency.failed;
  const beyond = 1 - percent / 100;
  const advised = Math.round(BEYOND / beyond);
  const ranks = findRanks(n, beyond);
  const at = (rank: number) => latency.percentile((rank / n) * 100);
  const confidence: Confidence = ranks
    ? { kind: 'interval', low: at(ranks.low), high: at(ranks.high), isEnough: n >= advised }
    : { kind: 'too-small', needs: Math.ceil(Math.log(TAIL) / Math.log(1 - beyond)) };
  return { percent, value: latency.percentile(percent), confidence, advised };
}

/**
 * Order statistics around a quantile, free of any assumption about the distribution. The number of
 * values beyond it is binomial: the high rank leaves out those that so few would be beyond, the low
 * rank those that so many would be. null when no rank is high enough.
 */
export function findRanks(n: number, beyond: number): Ranks | null {
  const mean = n * beyond;
  const [few, many] = mean > EXACT_LIMIT ? normalBounds(n, beyond) : binomialBounds(n, beyond);
  if (few < 0) return null;
  return { low: Math.max(1, n - many + 1), high: n - few };
}

function normalBounds(n: number, beyond: number): readonly [few: number, many: number] {
  const reach = NORMAL_QUANTILE * Math.sqrt(n * beyond * (1 - beyond));
  return [Math.floor(n * beyond - reach) - 1, Math.ceil(n * beyond + reach) + 1];
}

/** The most exceedances with P(E <= few) <= 2.5 %, and the fewest with P(E >= many) <= 2.5 %. */
function binomialBounds(n: number, beyond: number): readonly [few: number, many: number] {
  let few = -1;
  let below = 0;
  let term = Math.exp(n * Math.log1p(-beyond));
  for (let k = 0; k <= n; k += 1) {
    // Here `below` is P(E < k), so 1 - below is P(E >= k).
    if (1 - below <= TAIL) return [few, k];
    below += term;
    if (below <= TAIL) few = k;
    term *= ((n - k) / (k + 1)) * (beyond / (1 - beyond));
  }
  return [few, n + 1];
}
