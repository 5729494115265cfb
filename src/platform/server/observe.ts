import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hideInPath } from '../hide-secrets.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';
import { classOf, type RouteClass } from './route-class.ts';

/**
 * Counts and logs the request when its answer has ended, and gives it an id: the proxy's where it
 * sent a plain one. The log has the path without its query and without secrets in it.
 */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  { log, metrics }: { log: Log; metrics: Metrics },
): string {
  const started = performance.now();
  const id = idOf(request);
  response.setHeader('X-Request-Id', id);
  response.once('close', () => {
    const ms = performance.now() - started;
    const routeClass = classOf(pathname);
    // 499, as nginx has it: the client went away before the answer had ended.
    const status = response.writableFinished ? response.statusCode : 499;
    metrics.observe(routeClass, status, ms / 1000);
    const { method } = request;
    const line = {
      id,
      method,
      path: hideInPath(pathname),
      class: routeClass,
      status,
      ms: Math.round(ms),
    };
    log[levelOf(routeClass, status)](line, 'request');
  });
  return id;
}

function idOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

/** A page is some forty files, and a probe comes every few seconds: in order, they are for debugging. */
function levelOf(routeClass: RouteClass, status: number): 'debug' | 'info' | 'error' {
  if (status >= 500) return 'error';
  const isPlain = status < 400 && (routeClass === 'file' || routeClass === 'probe');
  return isPlain ? 'debug' : 'info';
}
