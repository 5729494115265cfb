import { sandboxPolicy, sandboxPath } from '#sandbox/policy.ts';

const year = 31_536_000;

/** Paths of the pages that are cross-origin isolated so that they can boot WebContainer. */
export type IsolatedPages = ReadonlySet<string>;

/** As long as nobody switched WebContainer on. */
export const noIsolatedPages: IsolatedPages = new Set();

/** The one document of StackBlitz that a page may frame; what that frames in turn is its own affair. */
const webContainer = 'https://stackblitz.com/headless';

/**
 * Response headers for a path. `host` is the request's Host header: the page policy must name the
 * sandbox document by host and path, because 'self' would let the frame navigate anywhere on this site.
 */
export function headersFor(
  pathname: string,
  host: string,
  isolated: IsolatedPages = noIsolatedPages,
): Record<string, string> {
  return {
    ...isolationOf(pathname, isolated),
    'Cache-Control': pathname.startsWith('/_astro/')
      ? `public, max-age=${year}, immutable`
      : 'no-cache',
    'Content-Security-Policy':
      pathname === sandboxPath ? sandboxPolicy() : pagePolicy(host, isolated.has(pathname)),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** An isolated page takes only workers and frames that ask for the same; other pages do not mind that they do. */
function isolationOf(pathname: string, isolated: IsolatedPages): Record<string, string> {
  if (isolated.size === 0) return {};
  const embedder = { 'Cross-Origin-Embedder-Policy': 'require-corp' };
  if (isolated.has(pathname) || pathname.startsWith('/_astro/')) return embedder;
  // Its origin is opaque, which makes it cross-origin to the page.
  if (pathname === sandboxPath)
    return { ...embedder, 'Cross-Origin-Resource-Policy': 'cross-origin' };
  return {};
}

function pagePolicy(host: string, isIsolated: boolean): string {
  const own = isHost(host) ? `${host}${sandboxPath}` : "'none'";
  const frame = isIsolated ? `${own} ${webContainer}` : own;
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    // Monaco, xterm and Shiki set styles from script and in attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    `frame-src ${frame}`,
    "frame-ancestors 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}

/** Host comes from the client: anything that is not a plain host and port must not reach the policy. */
function isHost(host: string): boolean {
  return /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/.test(host);
}
