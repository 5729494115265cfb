import type { Clock } from './clock.ts';
import { chooseBucketLength, createLiveSamples, type LiveSamples } from './live-samples.ts';
import type { LoadPlan } from './plan.ts';
import type { LoadRun, LoadSample, RequestResult } from './report.ts';
import { createSchedule } from './schedule.ts';
import { summarise } from './summarise.ts';

/** What the target answered. */
export interface Answer {
  readonly status: number;
  readonly pod: string | null;
  /** The answer's text when the plan keeps answers, else null. */
  readonly text: string | null;
}

/**
 * Sends one request with the given body and resolves at the end of the answer. Rejects when the
 * exchange broke off. It must stop when the signal aborts.
 */
export type Send = (body: string | null, signal: AbortSignal) => Promise<Answer>;

export interface RunOptions {
  /** Cancels the run; what was measured until then is kept and the report is marked partial. */
  readonly signal: AbortSignal;
  /** Aborted once the tab has been hidden: the run goes on but does not count. */
  readonly hidden?: AbortSignal;
  readonly onSample?: (sample: LoadSample) => void;
}

/**
 * Runs an open-loop load test: every request leaves at its scheduled time, whatever became of the
 * ones before it, and its latency counts from that time. There is no cap on requests in flight.
 * Resolves when the last request has ended; never rejects because of what the target did.
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
  const since = () => clock.now() - start;
  const samples = createLiveSamples(schedule.at);
  const stopSampling = sampleRegularly(plan, samples, clock, start, options);
  const inFlight = new Set<AbortController>();
  const cancelAll = () => inFlight.forEach((request) => request.abort('cancelled'));
  options.signal.addEventListener('abort', cancelAll);
  const pending: Promise<RequestResult>[] = [];
  for (const [index, scheduledAt] of schedule.at.entries()) {
    await clock.waitUntil(start + scheduledAt, options.signal);
    if (options.signal.aborted) break;
    samples.recordSent();
    const request = { scheduledAt, body: schedule.body[index] ?? -1, sentAt: since() };
    const ended = exchange(request, { plan, send, clock, start, inFlight });
    pending.push(ended.then((result) => (samples.recordEnded(result), result)));
  }
  const results = await Promise.all(pending);
  await clock.waitUntil(start + schedule.endsAt, options.signal);
  options.signal.removeEventListener('abort', cancelAll);
  stopSampling();
  const partial = options.signal.aborted;
  const endsAt = partial ? Math.min(since(), schedule.endsAt) : schedule.endsAt;
  const wasHidden = options.hidden?.aborted ?? false;
  const report = summarise({
    plan,
    results,
    samples: samples.all,
    endsAt,
    wasHidden,
    partial,
    startedAt,
  });
  return { report, results };
}

interface Due {
  readonly scheduledAt: number;
  readonly sentAt: number;
  readonly body: number;
}

interface Surroundings {
  readonly plan: LoadPlan;
  readonly send: Send;
  readonly clock: Clock;
  readonly start: number;
  readonly inFlight: Set<AbortController>;
}

async function exchange(
  due: Due,
  { plan, send, clock, start, inFlight }: Surroundings,
): Promise<RequestResult> {
  const abort = new AbortController();
  inFlight.add(abort);
  const deadline = start + due.scheduledAt + plan.timeoutSeconds * 1000;
  const disarm = clock.callAt(deadline, () => abort.abort('timeout'));
  // A target that ignores the abort must not hold the run.
  const aborted = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
  const body = plan.request.bodies[due.body] ?? null;
  const ended = await Promise.race([send(body, abort.signal), aborted]).then(
    (answer) => ({ outcome: isSuccess(answer) ? 'ok' : 'http-error', ...answer }) as const,
    () => ({ outcome: toOutcome(abort.signal), status: null, pod: null, text: null }) as const,
  );
  disarm();
  inFlight.delete(abort);
  return {
    ...due,
    endedAt: clock.now() - start,
    outcome: ended.outcome,
    status: ended.status,
    pod: ended.pod,
    body: due.body === -1 ? null : due.body,
    answer: ended.text,
    warmup: due.scheduledAt < plan.warmupSeconds * 1000,
  };
}

function isSuccess(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 400;
}

function toOutcome(signal: AbortSignal): 'timeout' | 'cancelled' | 'reset' {
  return signal.reason === 'timeout' || signal.reason === 'cancelled' ? signal.reason : 'reset';
}

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
