import { createHistogram } from './histogram.ts';
import type { LoadPlan } from './plan.ts';
import type { Goodput, RequestResult, ScenarioResult } from './report.ts';
import { describeSlo, isGood } from './slo.ts';

interface Measured {
  readonly results: readonly RequestResult[];
  /** Milliseconds at which the percentile of the whole run lies. */
  readonly percentile: (percent: number) => number;
  readonly achievedRate: number;
  /** Length of the measured part. */
  readonly seconds: number;
}

/** What the run says in the metric of its MLPerf scenario; null when it is none of them. */
export function judgeScenario(
  { arrivals }: LoadPlan,
  { results, percentile, achievedRate }: Measured,
): ScenarioResult | null {
  const { process: scenario } = arrivals;
  const value = (number: number) => (Number.isNaN(number) ? null : number);
  switch (scenario) {
    case 'single-stream':
      return { scenario, metric: 'p90 latency, ms', value: value(percentile(90)) };
    case 'multi-stream': {
      const metric = `p99 latency of queries of ${arrivals.samples}, ms`;
      return { scenario, metric, value: value(queryPercentile(results, 99)) };
    }
    case 'server':
      return { scenario, metric: 'answers per second under the bound', value: achievedRate };
    case 'offline':
      return { scenario, metric: 'samples per second', value: achievedRate };
    default:
      return null;
  }
}

/** How much of the load was good by the plan's SLO; null without one, or when nothing ended. */
export function measureGoodput({ slo }: LoadPlan, { results, seconds }: Measured): Goodput | null {
  const counted = results.filter(({ outcome }) => outcome !== 'cancelled');
  if (!slo || counted.length === 0) return null;
  const good = counted.filter((result) => isGood(slo, result)).length;
  const share = good / counted.length;
  return { slo: describeSlo(slo), rate: good / seconds, share, isMet: share >= slo.share };
}

/** A query lasts until its last sample has ended; its samples were due at the same time. */
function queryPercentile(results: readonly RequestResult[], percent: number): number {
  const slowest = new Map<number, number>();
  for (const { outcome, scheduledAt, endedAt } of results) {
    if (outcome === 'cancelled') continue;
    const latency = outcome === 'ok' ? endedAt - scheduledAt : Infinity;
    slowest.set(scheduledAt, Math.max(slowest.get(scheduledAt) ?? 0, latency));
  }
  const histogram = createHistogram();
  for (const latency of slowest.values()) {
    if (latency === Infinity) histogram.recordFailure();
    else histogram.record(latency);
  }
  return histogram.percentile(percent);
}
