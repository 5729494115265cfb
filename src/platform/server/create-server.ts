import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { webContainerPath } from '#pods/webcontainer-switch.ts';
import type { Database } from '../database.ts';
import { headersFor, noIsolatedPages, type IsolatedPages } from './headers.ts';
import type { Probes } from './probes.ts';

/** What a page that is rendered on demand finds in `Astro.locals`. */
interface PageLocals {
  /** Null where there is none, or it was not opened yet. */
  readonly database: Database | null;
  readonly requestId: string;
}

/** What the server does besides handing out the site. */
interface Operations {
  readonly probes: Probes;
  /** Called as a request arrives; gives its id. */
  observe(request: IncomingMessage, response: ServerResponse, pathname: string): string;
  findOptionalDatabase(): Database | null;
}

const noOperations: Operations = {
  probes: { answer: () => false },
  observe: () => '',
  findOptionalDatabase: () => null,
};

type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
  locals?: PageLocals,
) => void;

/** The product's HTTP server: built files from `dist` (precompressed), everything else through Astro. */
export async function createSiteServer(
  dist: string,
  isolated: IsolatedPages = noIsolatedPages,
  operations = noOperations,
): Promise<Server> {
  const { handler } = (await import(path.resolve(dist, 'server/entry.mjs'))) as {
    handler: AstroHandler;
  };
  const serveFile = sirv(path.resolve(dist, 'client'), { etag: true, brotli: true, gzip: true });
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const requestId = operations.observe(request, response, pathname);
    const headers = headersFor(pathname, request.headers.host ?? '', isolated);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (operations.probes.answer(pathname, response)) return;
    if (pathname === webContainerPath) return answerJson(response, { enabled: isolated.size > 0 });
    const database = operations.findOptionalDatabase();
    serveFile(request, response, () =>
      handler(request, response, undefined, { database, requestId }),
    );
  });
}

function answerJson(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
}
