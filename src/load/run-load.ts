import type { Clock } from './clock.ts';
import { createExchanges, type Exchanges } from './exchanges.ts';
import { chooseBucketLength, createLiveSamples, type LiveSamples } from './live-samples.ts';
import type { LoadPlan } from './plan.ts';
import { createReach } from './reach.ts';
import type { LoadCalibration, LoadRun, LoadSample, RequestResult } from './report.ts';
import { createLoads, createSchedule, type Schedule } from './schedule.ts';
import type { Send } from './send.ts';
import { summarise } from './summarise.ts';
import { isClosedLoop } from './arrivals.ts';

export interface RunOptions {
  /** Cancels the run; what was measured until then is kept and the report is marked partial. */
  readonly signal: AbortSignal;
  /** Aborted once the tab has been hidden: the run goes on but does not count. */
  readonly hidden?: AbortSignal;
  readonly onSample?: (sample: LoadSample) => void;
  /** Goes into the report as it is: versions, machine. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly calibration?: LoadCalibration | null;
}

interface Issue {
  readonly plan: LoadPlan;
  readonly schedule: Schedule;
  readonly exchanges: Exchanges;
  readonly clock: Clock;
  readonly start: number;
  readonly signal: AbortSignal;
}

/**
 * Runs a load test. In an open loop every request leaves at its scheduled time, whatever became of
 * the ones before it, and its latency counts from that time; only a cap that the plan states holds
 * requests back. Resolves when the last request has ended; never rejects because of what the target
 * did.
 */
export async function runLoad(
  plan: LoadPlan,
  send: Send,
  clock: Clock,
  options: RunOptions,
): Promise<LoadRun> {
  const schedule = createSchedule(plan);
  const startedAt = new Date().toISOString();
  const start = clock.now();
  const isClosed = isClosedLoop(plan.arrivals);
  const samples = createLiveSamples(isClosed ? null : schedule.at);
  const stopSampling = sampleRegularly(plan, samples, clock, start, options);
  const reach = createReach(plan);
  const signal = AbortSignal.any([options.signal, reach.lost]);
  const exchanges = createExchanges({
    plan,
    send,
    clock,
    start,
    onSent: () => samples.recordSent(),
    onEnded(result) {
      samples.recordEnded(result);
      reach.note(result);
    },
  });
  const cancelAll = () => exchanges.cancelAll();
  signal.addEventListener('abort', cancelAll);
  const issue = { plan, schedule, exchanges, clock, start, signal };
  const results = await (isClosed ? issueInTurn(issue) : issueOnSchedule(issue));
  if (!isClosed) await clock.waitUntil(start + schedule.endsAt, signal);
  signal.removeEventListener('abort', cancelAll);
  stopSampling();
  const ranUntil = clock.now() - start;
  return summarise({
    plan,
    results,
    samples: samples.all,
    endsAt: signal.aborted || isClosed ? Math.min(ranUntil, schedule.endsAt) : schedule.endsAt,
    wasHidden: options.hidden?.aborted ?? false,
    mostInFlight: exchanges.mostInFlight,
    longestQueue: exchanges.longestQueue,
    partial: signal.aborted,
    stopped: reach.why(),
    startedAt,
    environment: options.environment ?? {},
    calibration: options.calibration ?? null,
  });
}

/** The open loop. */
async function issueOnSchedule(issue: Issue): Promise<readonly RequestResult[]> {
  const { plan, schedule, exchanges, clock, start, signal } = issue;
  const nextLoad = createLoads(plan);
  const pending: Promise<RequestResult>[] = [];
  for (const scheduledAt of schedule.at) {
    await clock.waitUntil(start + scheduledAt, signal);
    if (signal.aborted) break;
    pending.push(exchanges.begin(scheduledAt, nextLoad()));
  }
  return Promise.all(pending);
}

/** The closed loop: each query is due when the one before it has ended. */
async function issueInTurn(issue: Issue): Promise<readonly RequestResult[]> {
  const { plan, schedule, exchanges, clock, start, signal } = issue;
  const { arrivals, maxArrivals = Infinity } = plan;
  const samples = arrivals.process === 'multi-stream' ? arrivals.samples : 1;
  const nextLoad = createLoads(plan);
  const results: RequestResult[] = [];
  for (;;) {
    const due = clock.now() - start;
    const isOver = due >= schedule.endsAt || results.length >= maxArrivals;
    if (isOver || signal.aborted) return results;
    const query = Array.from({ length: samples }, () => exchanges.begin(due, nextLoad()));
    results.push(...(await Promise.all(query)));
    // A target that answers at once must not keep timers from running.
    if (clock.now() - start <= due) await clock.waitUntil(start + due + LEAST_TURN_MS, signal);
  }
}

/** A closed loop against an answer that takes no time would turn forever in one instant. */
const LEAST_TURN_MS = 0.01;

function sampleRegularly(
  plan: LoadPlan,
  samples: LiveSamples,
  clock: Clock,
  start: number,
  options: RunOptions,
) {
  const length = chooseBucketLength(plan.durationSeconds);
  let closedAt = 0;
  const close = () => {
    const at = clock.now() - start;
    if (at === closedAt) return;
    closedAt = at;
    const sample = samples.close(at);
    options.onSample?.(sample);
  };
  let cancel = () => {};
  const arm = (at: number) => {
    cancel = clock.callAt(start + at, () => {
      close();
      arm(at + length);
    });
  };
  arm(length);
  return () => {
    cancel();
    // A sliver of a bucket would show as a wild rate.
    if (clock.now() - start - closedAt >= length / 2 || closedAt === 0) close();
  };
}
