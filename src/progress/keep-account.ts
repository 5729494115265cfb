import { countUnowned, enterAccount, finishClaim, leaveAccount } from './accounts.ts';
import { followSync, type SyncState } from './follow-sync.ts';
import { readAccount } from './store/database-name.ts';

/** Where a page shows how the account's progress stands. */
export interface AccountView {
  readonly tell: (state: SyncState) => void;
  /** Asks whether so many entries, done signed out, join the account. */
  readonly askToClaim: (entries: number) => Promise<boolean>;
}

/**
 * Shows and keeps the progress of whoever is signed in: null is nobody, undefined that the server does
 * not say, in which case whoever was signed in last goes on and what they do waits in this browser.
 */
export async function keepAccount(
  account: string | null | undefined,
  { tell, askToClaim }: AccountView,
): Promise<void> {
  const shown = readAccount();
  const wanted = account === undefined ? shown : account;
  if (shown !== null && shown !== wanted) await leaveAccount(isDeleted(shown));
  if (wanted === null) return;
  if (shown !== wanted) {
    const entries = shown === null ? await countUnowned() : 0;
    await enterAccount(wanted, entries > 0 && (await askToClaim(entries)));
  } else await finishClaim();
  followSync(wanted, tell, new AbortController().signal);
}

/** Whether the server said that this account was deleted from this browser; it is said once. */
function isDeleted(account: string): boolean {
  const cookie = `day2-deleted=${encodeURIComponent(account)}`;
  if (!document.cookie.split('; ').includes(cookie)) return false;
  document.cookie = 'day2-deleted=; Path=/; Max-Age=0; SameSite=Lax';
  return true;
}
