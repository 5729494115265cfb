import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeptDatabase } from '../database/keep.ts';
import type { MayInspect } from './may-inspect.ts';
import type { Metrics } from './metrics.ts';

/** What the server answers itself, without Astro. */
export interface Probes {
  /** Whether the path was one of `/healthz`, `/readyz` and `/metrics`, and is being answered. */
  answer(pathname: string, request: IncomingMessage, response: ServerResponse): boolean;
}

type Probe = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * `/healthz`: this process can answer at all. `/readyz`: the database answers and its migrations are applied; 503 where not, with the reason, which
 * names hosts and users, for those who may inspect. `/metrics`: Prometheus text, for those only.
 */
export function createProbes(
  database: KeptDatabase | null,
  metrics: Metrics,
  mayInspect: MayInspect,
): Probes {
  const probes: Readonly<Record<string, Probe>> = {
    '/healthz': async (_request, response) => {
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end('ok\n');
    },
    '/readyz': async (request, response) => {
      if (!database) return send(response, 200, { ready: true, database: 'off' });
      const reason = await database.findFault();
      if (reason === null) return send(response, 200, ready);
      send(response, 503, mayInspect(request) ? { ready: false, reason } : { ready: false });
    },
    '/metrics': async (request, response) => {
      if (!mayInspect(request)) return send(response, 403, refusal);
      const text = await metrics.write();
      response.setHeader('Content-Type', metrics.contentType);
      response.end(text);
    },
  };
  return {
    answer: (pathname, request, response) => {
      const probe = Object.hasOwn(probes, pathname) ? probes[pathname] : undefined;
      probe?.(request, response).catch(() => {
        response.statusCode = 500;
        response.end();
      });
      return probe !== undefined;
    },
  };
}

const ready = { ready: true, database: 'on' };

const refusal = {
  error:
    'Metrics are for programs of the server’s own machine, or for whoever sends the bearer token in DAY2_METRICS_TOKEN.',
};

function send(response: ServerResponse, status: number, value: object): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
}
