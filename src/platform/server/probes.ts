import type { ServerResponse } from 'node:http';
import type { KeptDatabase } from '../database/keep.ts';
import type { Metrics } from './metrics.ts';

/** What the server answers itself, without Astro. */
export interface Probes {
  /** Whether the path was one of `/readyz` and `/metrics`, and is being answered. */
  answer(pathname: string, response: ServerResponse): boolean;
}

/** `/readyz`: the database answers and its migrations are applied; 503 with the reason where not. `/metrics`: Prometheus text. */
export function createProbes(database: KeptDatabase | null, metrics: Metrics): Probes {
  const probes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/readyz': async (response) => {
      if (!database) return send(response, 200, { ready: true, database: 'off' });
      const reason = await database.findFault();
      send(
        response,
        reason === null ? 200 : 503,
        reason === null ? ready : { ready: false, reason },
      );
    },
    '/metrics': async (response) => {
      const text = await metrics.write();
      response.setHeader('Content-Type', metrics.contentType);
      response.end(text);
    },
  };
  return {
    answer: (pathname, response) => {
      const probe = Object.hasOwn(probes, pathname) ? probes[pathname] : undefined;
      probe?.(response).catch(() => {
        response.statusCode = 500;
        response.end();
      });
      return probe !== undefined;
    },
  };
}

const ready = { ready: true, database: 'on' };

function send(response: ServerResponse, status: number, value: object): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
}
