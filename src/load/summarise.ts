import { createHistogram, type LatencyHistogram } from './histogram.ts';
import type { LoadPlan } from './plan.ts';
import type {
  LatencySummary,
  LoadReport,
  LoadSample,
  Outcome,
  RequestResult,
  SendLag,
} from './report.ts';
import { judgeValidity } from './validity.ts';

/** What is known when a run is over. */
export interface FinishedRun {
  readonly plan: LoadPlan;
  readonly results: readonly RequestResult[];
  readonly samples: readonly LoadSample[];
  /** Milliseconds from the start: where the offered load ended, or where the run was cancelled. */
  readonly endsAt: number;
  readonly wasHidden: boolean;
  readonly partial: boolean;
  readonly startedAt: string;
}

/** The report of a run from its results. */
export function summarise(run: FinishedRun): LoadReport {
  const measured = run.results.filter((result) => !result.warmup);
  const latency = recordLatencies(measured);
  const sendLag = summariseLag(measured);
  const service = latency.answered > 0 ? latency.counts.getValueAtPercentile(50) / 1000 : null;
  return {
    version: 1,
    plan: run.plan,
    ...rates(run, measured),
    latency: summariseLatency(latency),
    sendLag,
    validity: judgeValidity({ wasHidden: run.wasHidden, sendLag, service }),
    outcomes: countOutcomes(measured),
    statuses: countBy(measured, (result) => result.status?.toString() ?? null),
    podShare: toShares(countBy(measured, (result) => result.pod)),
    warmup: summariseWarmup(run.results),
    samples: run.samples,
    startedAt: run.startedAt,
    partial: run.partial,
  };
}

/** Latencies of some results from their scheduled times; cancelled ones are left out, failures are infinite. */
function recordLatencies(results: readonly RequestResult[]): LatencyHistogram {
  const histogram = createHistogram();
  for (const result of results) {
    if (result.outcome === 'ok') histogram.record(result.endedAt - result.scheduledAt);
    else if (result.outcome !== 'cancelled') histogram.recordFailure();
  }
  return histogram;
}

function rates(run: FinishedRun, measured: readonly RequestResult[]) {
  const from = run.plan.warmupSeconds * 1000;
  const answered = measured.filter((result) => result.outcome === 'ok');
  // A generator or a server that falls behind takes longer than the schedule, which lowers its rate.
  const perSecond = (list: readonly RequestResult[], end: (result: RequestResult) => number) => {
    const until = list.reduce((latest, result) => Math.max(latest, end(result)), run.endsAt);
    return until > from ? list.length / ((until - from) / 1000) : 0;
  };
  return {
    offeredRate: perSecond(measured, () => run.endsAt),
    sentRate: perSecond(measured, (result) => result.sentAt),
    achievedRate: perSecond(answered, (result) => result.endedAt),
  };
}

function summariseLatency(latency: LatencyHistogram): LatencySummary | null {
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

function summariseLag(results: readonly RequestResult[]): SendLag | null {
  if (results.length === 0) return null;
  const lag = createHistogram();
  for (const result of results) lag.record(result.sentAt - result.scheduledAt);
  return { p50: lag.percentile(50), p99: lag.percentile(99), max: lag.percentile(100) };
}

function summariseWarmup(results: readonly RequestResult[]): LoadReport['warmup'] {
  const warmup = results.filter((result) => result.warmup);
  return { sent: warmup.length, failed: warmup.filter((result) => result.outcome !== 'ok').length };
}

function countOutcomes(results: readonly RequestResult[]): Record<Outcome, number> {
  const none = { ok: 0, 'http-error': 0, timeout: 0, reset: 0, cancelled: 0 };
  return { ...none, ...countBy(results, (result) => result.outcome) };
}

function countBy(results: readonly RequestResult[], key: (result: RequestResult) => string | null) {
  const counts = new Map<string, number>();
  for (const result of results) {
    const name = key(result);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

function toShares(counts: Readonly<Record<string, number>>): Record<string, number> {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / total]));
}
