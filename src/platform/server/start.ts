import { once } from 'node:events';
import { parseEnv } from '../env.ts';
import { buildSiteIfStale } from '../build/site.ts';
import { createSiteServer } from './create-server.ts';
import { noIsolatedPages } from './headers.ts';
import { findIsolatedPages } from './isolated-pages.ts';

const env = parseEnv(process.env);
await buildSiteIfStale(env.DAY2_DIST);
const isolated = env.DAY2_WEBCONTAINER === 'on' ? await findIsolatedPages('labs') : noIsolatedPages;
const server = await createSiteServer(env.DAY2_DIST, isolated);
await listen();

async function listen(): Promise<void> {
  server.listen(env.PORT, env.HOST);
  const [event] = (await Promise.race([
    once(server, 'listening').then(() => [null]),
    once(server, 'error'),
  ])) as [NodeJS.ErrnoException | null];
  if (event) throw explainListenError(event);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : env.PORT;
  console.log(`Day Two is ready at http://${shownHost(env.HOST)}:${port}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

function stop(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 3000).unref();
}

function shownHost(host: string): string {
  return ['127.0.0.1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host;
}

function explainListenError(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${env.PORT} on ${env.HOST} is taken by another program. Stop it, or choose another port: PORT=8080 npm start`,
    );
  }
  if (error.code === 'EACCES') {
    return new Error(
      `Port ${env.PORT} needs rights that this user lacks. Choose one above 1023: PORT=8080 npm start`,
    );
  }
  return error;
}
