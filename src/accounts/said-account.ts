/** The header in which a page says for whom it was loaded: in another tab, somebody else may have signed in since. */
const header = 'X-Day-Two-Account';

/** What a page sends along; nothing where it knows no account. */
export function sayAccount(account: string | null): Readonly<Record<string, string>> {
  return account === null ? {} : { [header]: account };
}

/** Id of the account for which the page that asks was loaded; null where it does not say. */
export function readSaidAccount(headers: Headers): string | null {
  return headers.get(header);
}
