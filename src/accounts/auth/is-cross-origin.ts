import type { IncomingMessage } from 'node:http';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a page of another origin sends a request that changes something. Browsers say it in
 * Sec-Fetch-Site or Origin; a program that sends neither has no cookies to misuse.
 */
export function isCrossOrigin(request: IncomingMessage, host: string): boolean {
  if (safeMethods.has(request.method ?? 'GET')) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
