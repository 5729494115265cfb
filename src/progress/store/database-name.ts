const accountKey = 'day-two-account';
const claimKey = 'day-two-claim';

/** What was done signed out. */
export const unownedName = 'day-two';

/** The account whose progress this browser profile shows; null is what was done signed out. */
export function readAccount(): string | null {
  return globalThis.localStorage?.getItem(accountKey) ?? null;
}

/** Says whose progress is shown from the next opening of the database on. */
export function writeAccount(account: string | null): void {
  if (account === null) localStorage.removeItem(accountKey);
  else localStorage.setItem(accountKey, account);
}

/** Each account has a database of its own, so that two people at one machine never mix. */
export function databaseName(): string {
  const account = readAccount();
  return account === null ? unownedName : `day-two-of-${account}`;
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
