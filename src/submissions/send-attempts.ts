import { readAttempts, settleAttempt, shownAccount } from '#progress/attempts.ts';
import { watchProgress } from '#progress/changes.ts';

const url = '/api/submissions/';
const everyMs = 60_000;
const longestPauseMs = 10 * 60_000;
const lock = 'day-two-attempts';

/** The server understood, and will not take it however often it is sent. */
const final = new Set([400, 413, 422]);
/** The session of the account is over in this browser. */
const over = new Set([401, 403, 409]);

/**
 * Sends attempts that are held in this browser from now on: at once, when the network comes back, and
 * again after a failure; one tab at a time. What is sent twice changes nothing.
 */
export function sendAttempts(signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const plan = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(() => void run(), milliseconds);
  };
  const run = async (): Promise<void> => {
    const outcome = await alone(() => sendHeld(signal), signal).catch(() => 'later' as const);
    if (outcome === 'over' || signal.aborted) return;
    failures = outcome === 'later' ? failures + 1 : 0;
    if (outcome === 'later')
      plan(Math.min(longestPauseMs, (everyMs / 4) * 2 ** Math.min(failures, 10)));
  };
  const now = (): void => plan(0);
  const stopWatching = watchProgress(({ what }) => {
    if (what === 'attempts') now();
  });
  addEventListener('online', now, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    stopWatching();
  });
  now();
}

async function sendHeld(signal: AbortSignal): Promise<'sent' | 'later' | 'over'> {
  const account = shownAccount();
  if (account === null) return 'over';
  for (const { verdict, files, refused } of await readAttempts()) {
    if (refused !== null) continue;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Day-Two-Account': account },
      body: JSON.stringify({ verdict, files }),
      signal,
    });
    if (over.has(response.status)) return 'over';
    if (!response.ok && !final.has(response.status)) return 'later';
    await settleAttempt(verdict.id, response.ok ? null : await response.text());
  }
  return 'sent';
}

/** Web Locks need a secure context; without them two tabs may send the same, which changes nothing. */
function alone<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  return navigator.locks ? navigator.locks.request(lock, { signal }, work) : work();
}
