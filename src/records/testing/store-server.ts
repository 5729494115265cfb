import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { statement as validate } from '@learninglocker/xapi-validation/dist/factory.js';

type Kept = Readonly<Record<string, unknown>> & { readonly id: string };

/** A server that keeps statements as xAPI 1.0.3 asks of a learning record store, on a port of its own. */
export interface StoreServer extends AsyncDisposable {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  /** By id. */
  readonly kept: ReadonlyMap<string, Kept>;
  /** Requests that came. */
  count(): number;
  /** Answers these instead of doing its work; null ends that. */
  fail(how: ((statement: Kept) => number | null) | null): void;
  /** Puts a statement there as somebody else's. */
  put(id: string, statement: object): void;
}

/** Starts one. It refuses a wrong version (400), whoever it does not know (401) and what the specification does not allow (400). */
export async function openStoreServer(): Promise<StoreServer> {
  const [key, secret] = ['day-two', 'a secret of the store'];
  const kept = new Map<string, Kept>();
  let requests = 0;
  let failure: ((statement: Kept) => number | null) | null = null;
  const answer = (headers: NodeJS.Dict<string | string[]>, path: string, body: string) => {
    if (headers['x-experience-api-version'] !== '1.0.3') return 400;
    const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    if (headers['authorization'] !== expected) return 401;
    if (path !== '/xapi/statements') return 404;
    const statement = JSON.parse(body) as Kept;
    const failed = failure?.(statement);
    if (failed) return failed;
    if (validate(statement, ['statement']).length > 0) return 400;
    const known = kept.get(statement.id);
    if (known && !isDeepStrictEqual(known, statement)) return 409;
    kept.set(statement.id, statement);
    return 200;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests += 1;
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const status = answer(request.headers, pathname, Buffer.concat(chunks).toString());
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(status === 200 ? ['taken'] : { status }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/xapi`,
    key,
    secret,
    kept,
    count: () => requests,
    fail: (how) => (failure = how),
    put: (id, statement) => kept.set(id, { ...statement, id }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
