/** Of local storage. */
export const accountKey = 'day-two-account';

/** What was done signed out. */
export const unownedName = 'day-two';

/** The account whose progress this browser profile shows; null is what was done signed out. */
export function readAccount(): string | null {
  return globalThis.localStorage?.getItem(accountKey) ?? null;
}

/** Each account has a database of its own, so that two people at one machine never mix. */
export function databaseName(): string {
  const account = readAccount();
  return account === null ? unownedName : `day-two-of-${account}`;
}
