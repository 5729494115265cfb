import type { Clock } from '#load/clock.ts';
import type { PacerNews, WakeCommand } from './messages.ts';

/** A timer wakes up to this late, so the fallback spins for the last part. */
const TIMER_LATENESS_MS = 4;
/** While behind its schedule the generator lets answers in this often. */
const LONGEST_HOLD_MS = 4;

export interface RealClock extends Clock {
  /** How it sleeps, for the report. */
  readonly pacing: string;
}

/** The wall clock of this worker, paced by `pacer`, or by short spins where that cannot sleep. */
export async function createRealClock(pacer: Worker): Promise<RealClock> {
  const canSleep = (await nextNews(pacer)) === 'ready';
  const yieldNow = createYield();
  let letInAt = performance.now();

  const sleep = async (at: number) => {
    if (canSleep) {
      const awake = nextNews(pacer);
      pacer.postMessage({ at: performance.timeOrigin + at } satisfies WakeCommand);
      await awake;
    } else if (at - performance.now() > TIMER_LATENESS_MS) {
      await new Promise((resolve) =>
        setTimeout(resolve, at - performance.now() - TIMER_LATENESS_MS),
      );
    }
    while (performance.now() < at) await yieldNow();
  };

  return {
    pacing: canSleep ? 'a sleeping thread (Atomics.wait)' : 'short spins',
    now: () => performance.now(),
    async waitUntil(at, signal) {
      const now = performance.now();
      if (signal.aborted || (now >= at && now - letInAt < LONGEST_HOLD_MS)) return;
      if (now >= at) await yieldNow();
      else await unlessAborted(sleep(at), signal);
      letInAt = performance.now();
    },
    callAt(at, callback) {
      const timer = setTimeout(callback, Math.max(0, at - performance.now()));
      return () => clearTimeout(timer);
    },
  };
}

function nextNews(pacer: Worker): Promise<PacerNews> {
  return new Promise((resolve, reject) => {
    pacer.onmessage = ({ data }: MessageEvent<PacerNews>) => resolve(data);
    pacer.onerror = () =>
      reject(new Error('The pacing thread of the load generator could not start.'));
  });
}

/** A macrotask without the 4 ms floor of nested timers. */
function createYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return () =>
    new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
}

function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      signal.removeEventListener('abort', finish);
      resolve();
    };
    signal.addEventListener('abort', finish);
    work.then(finish, reject);
  });
}
