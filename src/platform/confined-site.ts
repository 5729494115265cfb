import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sirv from 'sirv';
import { headersFor } from './server/headers.ts';

/** The built site for one browser, which has nothing else to reach. */
interface ConfinedSite {
  readonly url: string;
  /** Requests for anything else; all of them were refused. */
  readonly refused: readonly string[];
}

/**
 * Serves the static files of `dist` on a free port of the loopback, and is the proxy of the browser as
 * well: it answers for its own address and refuses every other, whatever the protocol.
 */
export async function openConfinedSite(dist: string): Promise<ConfinedSite> {
  const serveFile = sirv(path.resolve(dist, 'client'), { etag: true, brotli: true, gzip: true });
  const refused: string[] = [];
  let own = '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    if (!isOwn(request, url, own)) {
      refused.push(url.origin);
      response.statusCode = 403;
      response.end();
      return;
    }
    // A proxy is asked with the whole address.
    request.url = url.pathname + url.search;
    for (const [name, value] of Object.entries(headersFor(url.pathname, own)))
      response.setHeader(name, value);
    serveFile(request, response, () => {
      response.statusCode = 404;
      response.end();
    });
  });
  server.on('connect', (request, socket) => {
    refused.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.on('upgrade', (request, socket) => {
    refused.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${own}`, refused };
}

function isOwn(request: IncomingMessage, url: URL, own: string): boolean {
  return request.method === 'GET' && url.protocol === 'http:' && url.host === own;
}
