import { createServer, type Server } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { headersFor } from './headers.ts';

type AstroHandler = (request: object, response: object, next?: (error?: unknown) => void) => void;

/** The product's HTTP server: built files from `dist` (precompressed), everything else through Astro. */
export async function createSiteServer(dist: string): Promise<Server> {
  const { handler } = (await import(path.resolve(dist, 'server/entry.mjs'))) as {
    handler: AstroHandler;
  };
  const serveFile = sirv(path.resolve(dist, 'client'), { etag: true, brotli: true, gzip: true });
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const headers = headersFor(pathname, request.headers.host ?? '');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    serveFile(request, response, () => handler(request, response));
  });
}
