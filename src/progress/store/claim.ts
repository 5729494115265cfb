import { accountKey, readAccount } from './database-name.ts';

const claimKey = 'day-two-claim';

/** Says whose progress is shown from the next opening of the database on. */
export function writeAccount(account: string | null): void {
  if (account === null) localStorage.removeItem(accountKey);
  else localStorage.setItem(accountKey, account);
}

/** Whether what was done signed out is on its way to the account that is shown. */
export function isClaiming(): boolean {
  const claiming = localStorage.getItem(claimKey);
  return claiming !== null && claiming === readAccount();
}

/** Notes which account claimed what was done signed out, until all of it is there. */
export function writeClaim(account: string | null): void {
  if (account === null) localStorage.removeItem(claimKey);
  else localStorage.setItem(claimKey, account);
}
