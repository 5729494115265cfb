import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bundleSandboxed, sandboxedBundles } from '../../../src/platform/build/sandboxed.ts';
import { headersFor } from '../../../src/platform/server/headers.ts';
import { frameDocument } from '../../../src/sandbox/frame-document.ts';
import { sandboxPath } from '../../../src/sandbox/policy.ts';

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = join(here, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Builds the test page into `out` and serves it with the product's own headers. */
export async function serveHarness(out: string): Promise<Site> {
  await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    plugins: [sandboxedBundles()],
    worker: { format: 'es', plugins: () => [sandboxedBundles()] },
    build: { outDir: out, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
  });
  const broker = await bundleSandboxed(join(repository, 'src/sandbox/broker.ts'), repository);
  const frame = frameDocument(broker.code);
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const { pathname } = new URL(request.url ?? '/', `http://${host}`);
    for (const [name, value] of Object.entries(headersFor(pathname, host)))
      response.setHeader(name, value);
    void answer(pathname).then(
      (body) => {
        response.setHeader('Content-Type', TYPES[extname(pathname) || '.html'] ?? 'text/plain');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  const answer = async (pathname: string): Promise<Buffer | string> => {
    if (pathname === sandboxPath) return frame;
    if (pathname.startsWith('/models/')) return readFile(join(repository, pathname));
    if (pathname.startsWith('/runtime/'))
      return readFile(join(repository, 'node_modules/onnxruntime-web/dist', basename(pathname)));
    return readFile(join(out, pathname === '/' ? 'index.html' : pathname));
  };
  return listen(server);
}

/** A server that nobody may reach, and the list of what reached it. */
export async function serveCanary(): Promise<Site & { readonly hits: string[] }> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Content-Type': 'text/javascript',
    });
    response.end('export default "reached";');
  });
  server.on('upgrade', (request, socket) => {
    hits.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  return { ...(await listen(server)), hits };
}

async function listen(server: Server): Promise<Site> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
