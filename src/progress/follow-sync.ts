import { watchProgress } from './changes.ts';
import { ProgressError } from './progress-error.ts';
import { postExchangeFor } from './sync/post-exchange.ts';
import { SyncError, type SyncErrorCode } from './sync/sync-error.ts';
import { syncProgress } from './sync/sync-progress.ts';

/** How progress of this browser stands against the server's. */
export type SyncState =
  | { readonly state: 'syncing' }
  | { readonly state: 'synced'; readonly at: Date }
  | { readonly state: 'waiting'; readonly why: SyncErrorCode };

const settleMs = 2000;
const everyMs = 60_000;
const longestPauseMs = 10 * 60_000;
const lock = 'day-two-sync';

/**
 * Keeps this browser and the account's server alike from now on: after each change, when the network
 * comes back, when the page comes to the front, and every minute; one tab at a time. Ends with the signal.
 */
export function followSync(
  account: string,
  tell: (state: SyncState) => void,
  signal: AbortSignal,
): void {
  const exchange = postExchangeFor(account);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const plan = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(() => void run(), milliseconds);
  };
  const run = async (): Promise<void> => {
    tell({ state: 'syncing' });
    try {
      await alone(() => syncProgress(exchange, signal), signal);
      failures = 0;
      tell({ state: 'synced', at: new Date() });
    } catch (error) {
      if (signal.aborted) return;
      const why = codeOf(error);
      failures += 1;
      tell({ state: 'waiting', why });
      if (why === 'signed-out' || why === 'another-account') return;
    }
    plan(Math.min(longestPauseMs, everyMs * 2 ** Math.max(0, failures - 1)));
  };
  const now = (): void => plan(0);
  const stopWatching = watchProgress(({ what }) => {
    // What an exchange itself added is known to the server.
    if (what === 'events' || what === 'lab-file') plan(settleMs);
  });
  const whenShown = (): void => {
    if (document.visibilityState === 'visible') now();
  };
  addEventListener('online', now, { signal });
  document.addEventListener('visibilitychange', whenShown, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    stopWatching();
  });
  now();
}

/** What the browser itself failed at is said too, and tried again. */
function codeOf(error: unknown): SyncErrorCode {
  if (error instanceof SyncError) return error.code;
  if (error instanceof ProgressError) return 'not-kept';
  throw error;
}

/** Web Locks need a secure context; without them two tabs may exchange the same, which changes nothing. */
function alone(work: () => Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return navigator.locks ? navigator.locks.request(lock, { signal }, work) : work();
}
