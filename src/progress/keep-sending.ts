import { watchProgress, type ProgressChange } from './changes.ts';

/**
 * How a round of sending ended: all is sent, nothing more can be sent for this account from this page, it is
 * to be tried again later, or in so many milliseconds.
 */
export type Round = 'sent' | 'over' | 'later' | { readonly inMs: number };

const firstPauseMs = 15_000;
const longestPauseMs = 10 * 60_000;

/**
 * Sends what is held in this browser from now on, of the one kind that is announced as `what`: at once, after
 * each change, when the network comes back, and again after a failure; one tab at a time.
 */
export function keepSending(
  what: ProgressChange['what'],
  send: (signal: AbortSignal) => Promise<Round>,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const plan = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!signal.aborted)
      timer = setTimeout(() => void run(), Math.min(longestPauseMs, milliseconds));
  };
  const run = async (): Promise<void> => {
    const round = await alone(`day-two-${what}`, () => send(signal), signal).catch(
      () => 'later' as const,
    );
    if (round === 'over' || signal.aborted) return;
    failures = round === 'later' ? failures + 1 : 0;
    if (round === 'later') plan(firstPauseMs * 2 ** Math.min(failures, 10));
    else if (round !== 'sent') plan(round.inMs);
  };
  const now = (): void => plan(0);
  const stopWatching = watchProgress((change) => {
    if (change.what === what) now();
  });
  addEventListener('online', now, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    stopWatching();
  });
  now();
}

/** Web Locks need a secure context; without them two tabs may send the same, which changes nothing. */
function alone<Result>(
  lock: string,
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  return navigator.locks ? navigator.locks.request(lock, { signal }, work) : work();
}
