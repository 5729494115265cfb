const fallback = '/account/';

/** Where to go after signing in: a path of this site and nothing else, encoded as a header may have it. */
export function nextPath(value: string | null | undefined): string {
  if (!value?.startsWith('/')) return fallback;
  const base = 'http://site.invalid';
  if (!URL.canParse(value, base)) return fallback;
  const { origin, pathname, search, hash } = new URL(value, base);
  // A path of two slashes would be another site for the browser.
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : fallback;
}
