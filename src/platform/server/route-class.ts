/** Few enough for a label of a metric. */
export type RouteClass = 'page' | 'file' | 'api' | 'probe';

/** What kind of thing a path asks for. */
export function classOf(pathname: string): RouteClass {
  if (['/healthz', '/readyz', '/metrics'].includes(pathname)) return 'probe';
  if (pathname.startsWith('/api/')) return 'api';
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  return last.includes('.') ? 'file' : 'page';
}
