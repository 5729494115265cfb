import type { Clock } from './clock.ts';
import { loadPlanSchema, type LoadPlan } from './plan.ts';
import { createRandom } from './random.ts';
import type { LoadRun } from './report.ts';
import { runLoad, type RunOptions } from './run-load.ts';
import type { Answer, Send } from './send.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** The answer of a healthy stub. */
export const OK: Answer = { status: 200, pod: 'triage-a', text: null };
/** A signal that never aborts. */
export const never = new AbortController().signal;
/** A virtual clock for Node. */
export const clockForTest = () =>
  createVirtualClock(() => new Promise((resolve) => setImmediate(resolve)));

/** A plan of 100 Poisson requests a second for 10 s, with changes. */
export function planFor(changes: object): LoadPlan {
  return loadPlanSchema.parse({
    arrivals: { process: 'poisson', rate: 100 },
    durationSeconds: 10,
    timeoutSeconds: 600,
    seed: 1,
    request: { url: 'http://triage/classify' },
    ...changes,
  });
}

/** Runs the plan in virtual time. */
export function runVirtually(
  plan: LoadPlan,
  send: Send,
  clock: VirtualClock,
  options: Partial<RunOptions> = {},
): Promise<LoadRun> {
  return clock.run(runLoad(plan, send, clock, { signal: never, ...options }));
}

/** One server, first come first served; `serviceTime` draws milliseconds. */
export function singleServer(clock: Clock, serviceTime: () => number): Send {
  let freeAt = 0;
  return async (_, signal) => {
    freeAt = Math.max(freeAt, clock.now()) + serviceTime();
    await clock.waitUntil(freeAt, signal);
    return OK;
  };
}

/** Draws exponential service times, milliseconds. */
export function exponential(mean: number, seed: number): () => number {
  const random = createRandom(seed, 'service');
  return () => -Math.log1p(-random()) * mean;
}

/** Answers in 1 ms, except that everything stops between 50 s and 60 s. */
export function stallingServer(clock: Clock): Send {
  return async (_, signal) => {
    const now = clock.now();
    const begins = now >= 50_000 && now < 60_000 ? 60_000 : now;
    await clock.waitUntil(begins + 1, signal);
    return OK;
  };
}
