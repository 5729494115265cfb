import { isClosedLoop } from './arrivals.ts';
import {
  countBy,
  countOutcomes,
  findColdStart,
  groupByClass,
  groupByPod,
  groupByTenant,
  listErrors,
  recordLatencies,
} from './breakdown.ts';
import { statePercentiles } from './confidence.ts';
import { createHistogram } from './histogram.ts';
import { summariseLatency } from './latency-summary.ts';
import type { LoadPlan } from './plan.ts';
import type {
  ClientQueue,
  LoadReport,
  LoadRun,
  LoadSample,
  RequestResult,
  SendLag,
} from './report.ts';
import { judgeScenario, measureGoodput } from './scenario.ts';
import { summariseStreaming } from './streaming.ts';
import { judgeValidity } from './validity.ts';
import { findWarmup } from './warmup.ts';

/** What is known when a run is over. */
export interface FinishedRun extends Pick<
  LoadReport,
  'startedAt' | 'partial' | 'stopped' | 'environment' | 'calibration' | 'mostInFlight'
> {
  readonly plan: LoadPlan;
  /** In the order of the schedule; their `warmup` is settled here. */
  readonly results: readonly RequestResult[];
  readonly samples: readonly LoadSample[];
  /** Milliseconds from the start: where the offered load ended, or where the run was cancelled. */
  readonly endsAt: number;
  readonly wasHidden: boolean;
  readonly longestQueue: number;
}

/** The report of a run from its results, and the results with the warm-up marked. */
export function summarise(run: FinishedRun): LoadRun {
  const { plan, startedAt, partial, stopped, environment, calibration, mostInFlight } = run;
  const warmup = findWarmup(plan, run.results);
  const results = run.results.map((result) =>
    result.scheduledAt < warmup.until ? { ...result, warmup: true } : result,
  );
  const measured = results.filter((result) => !result.warmup);
  const latency = recordLatencies(measured);
  const sendLag = summariseLag(measured);
  const service = latency.answered > 0 ? latency.counts.getValueAtPercentile(50) / 1000 : null;
  const { seconds, ...rates } = measureRates(run, measured, warmup.until);
  const pods = groupByPod(measured);
  const percentile = (percent: number) => latency.percentile(percent);
  const facts = { results: measured, percentile, achievedRate: rates.achievedRate, seconds };
  const report: LoadReport = {
    version: 2,
    plan,
    loop: isClosedLoop(plan.arrivals) ? 'closed' : 'open',
    scenario: judgeScenario(plan, facts),
    ...rates,
    mostInFlight,
    latency: summariseLatency(latency),
    percentiles: statePercentiles(latency),
    histogram: latency.toCounts(),
    streaming: summariseStreaming(measured, seconds),
    goodput: measureGoodput(plan, facts),
    sendLag,
    clientQueue: summariseQueue(plan, measured, run.longestQueue),
    validity: judgeValidity({ wasHidden: run.wasHidden, sendLag, service }),
    outcomes: countOutcomes(measured),
    statuses: countBy(measured, (result) => result.status?.toString() ?? null),
    errors: listErrors(measured),
    podShare: Object.fromEntries(pods.map(({ name, share }) => [name, share])),
    pods,
    classes: groupByClass(plan, measured),
    tenants: groupByTenant(plan, measured),
    warmup,
    coldStart: findColdStart(results),
    samples: run.samples,
    startedAt,
    partial,
    stopped,
    environment,
    calibration,
  };
  return { report, results };
}

function measureRates(run: FinishedRun, measured: readonly RequestResult[], from: number) {
  const answered = measured.filter((result) => result.outcome === 'ok');
  // A generator or a server that falls behind takes longer than the schedule, which lowers its rate.
  const latest = (list: readonly RequestResult[], end: (result: RequestResult) => number) =>
    list.reduce((last, result) => Math.max(last, end(result)), run.endsAt);
  const perSecond = (count: number, until: number) =>
    until > from ? count / ((until - from) / 1000) : 0;
  const ended = latest(answered, (result) => result.endedAt);
  return {
    offeredRate: perSecond(measured.length, run.endsAt),
    sentRate: perSecond(
      measured.length,
      latest(measured, (result) => result.sentAt),
    ),
    achievedRate: perSecond(answered.length, ended),
    seconds: Math.max(ended - from, 1) / 1000,
  };
}

function summariseLag(results: readonly RequestResult[]): SendLag | null {
  return summariseTimes(results.map((one) => one.sentAt - one.scheduledAt - one.queuedFor));
}

function summariseQueue(
  { maxInFlight }: LoadPlan,
  results: readonly RequestResult[],
  longest: number,
): ClientQueue | null {
  const waits = summariseTimes(results.map(({ queuedFor }) => queuedFor));
  if (maxInFlight === undefined || !waits) return null;
  return { cap: maxInFlight, ...waits, longest };
}

function summariseTimes(times: readonly number[]): SendLag | null {
  if (times.length === 0) return null;
  const histogram = createHistogram();
  for (const time of times) histogram.record(time);
  const [p50, p99, max] = [50, 99, 100].map((percent) => histogram.percentile(percent));
  return { p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0 };
}
