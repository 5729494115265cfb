import http from 'node:http';
import { createRandom } from '#load/random.ts';

/** Milliseconds; `line` serves one request at a time, so what waits depends on when requests come. */
const MEDIAN_MS = { '/': 80, '/line': 10 } as const;
const SPREAD = 0.6;
const SEED = 7;

/** Answers after log-normal times; the same sequence of them after every request to /reset. */
let random = createRandom(SEED, 'service');
let isFreeAt = 0;
const server = http.createServer(({ url }, response) => {
  if (url === '/reset') {
    random = createRandom(SEED, 'service');
    isFreeAt = 0;
  }
  if (url !== '/' && url !== '/line') return response.end('at once');
  const normal = Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
  const service = MEDIAN_MS[url] * Math.exp(SPREAD * normal);
  const now = performance.now();
  if (url === '/line') isFreeAt = Math.max(isFreeAt, now) + service;
  setTimeout(() => response.end('ok'), url === '/line' ? isFreeAt - now : service);
  return undefined;
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit(0));
