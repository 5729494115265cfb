import http from 'node:http';
import { createRandom } from '#load/random.ts';

const MEDIAN_MS = 80;
const SPREAD = 0.6;
const SEED = 7;

/** Answers after log-normal times; the same sequence of them after every request to /reset. */
let random = createRandom(SEED, 'service');
const server = http.createServer((request, response) => {
  if (request.url === '/reset') {
    random = createRandom(SEED, 'service');
    response.end('reset');
    return;
  }
  const normal = Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
  setTimeout(() => response.end('ok'), MEDIAN_MS * Math.exp(SPREAD * normal));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit(0));
