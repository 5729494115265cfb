const fallback = '/account/';

/** Where to go after signing in: a path of this site and nothing else. */
export function nextPath(value: string | null | undefined): string {
  if (!value?.startsWith('/') || /^\/[/\\]/.test(value) || value.includes('\n')) return fallback;
  const base = 'http://site.invalid';
  return URL.canParse(value, base) && new URL(value, base).origin === base ? value : fallback;
}
