import { sandboxPolicy, sandboxPath } from '#sandbox/policy.ts';

const year = 31_536_000;

/**
 * Response headers for a path. `host` is the request's Host header: the page policy must name the
 * sandbox document by host and path, because 'self' would let the frame navigate anywhere on this site.
 */
export function headersFor(pathname: string, host: string): Record<string, string> {
  return {
    'Cache-Control': pathname.startsWith('/_astro/')
      ? `public, max-age=${year}, immutable`
      : 'no-cache',
    'Content-Security-Policy': pathname === sandboxPath ? sandboxPolicy() : pagePolicy(host),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

function pagePolicy(host: string): string {
  const frame = isHost(host) ? `${host}${sandboxPath}` : "'none'";
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
