import { createServer, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { webContainerPath } from '#pods/webcontainer-switch.ts';
import { headersFor, noIsolatedPages, type IsolatedPages } from './headers.ts';

type AstroHandler = (request: object, response: object, next?: (error?: unknown) => void) => void;

/** The product's HTTP server: built files from `dist` (precompressed), everything else through Astro. */
export async function createSiteServer(
  dist: string,
  isolated: IsolatedPages = noIsolatedPages,
): Promise<Server> {
  const { handler } = (await import(path.resolve(dist, 'server/entry.mjs'))) as {
    handler: AstroHandler;
  };
  const serveFile = sirv(path.resolve(dist, 'client'), { etag: true, brotli: true, gzip: true });
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const headers = headersFor(pathname, request.headers.host ?? '', isolated);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (pathname === webContainerPath) return answerJson(response, { enabled: isolated.size > 0 });
    serveFile(request, response, () => handler(request, response));
  });
}

function answerJson(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
}
