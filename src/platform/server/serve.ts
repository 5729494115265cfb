import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { openAccounts } from '#accounts/open-accounts.ts';
import { keepReminding } from '#assignments/keep-reminding.ts';
import { keepVerifying } from '#submissions/keep-verifying.ts';
import { keepRecording } from '#records/keep-recording.ts';
import { recordStoreOf } from '#records/settings.ts';
import { readEnv } from '../env.ts';
import { createLog } from '../log.ts';
import { siteFactsOf } from '../site-facts.ts';
import { holdSecret } from '../database/hold-secret.ts';
import { keepDatabase } from '../database/keep.ts';
import { DatabaseProblem } from '../database/problem.ts';
import { createSiteServer } from './create-server.ts';
import { noIsolatedPages } from './headers.ts';
import { findIsolatedPages } from './isolated-pages.ts';
import { createMayInspect } from './may-inspect.ts';
import { createMetrics } from './metrics.ts';
import { observeRequest } from './observe.ts';
import { createProbes } from './probes.ts';
import { endByLog, routeConsole } from './route-console.ts';

/** How long listening waits for the database: pages are read while it recovers. */
const DATABASE_LIMIT_MS = 5000;
const STOP_LIMIT_MS = 3000;

const env = readEnv();
const log = createLog(env.DAY2_LOG);
routeConsole(log);
endByLog(log);
const database =
  env.DAY2_DATABASE === 'on'
    ? keepDatabase(env, log, (opened) => holdSecret(opened, env, log))
    : null;
let server: Server | null = null;
let stopping: Promise<void> | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Ctrl+C comes twice: from the terminal, and passed on by the launcher.
  process.on(signal, () => void (stopping ??= stop()));
}
const isolated = env.DAY2_WEBCONTAINER === 'on' ? await findIsolatedPages('labs') : noIsolatedPages;
const metrics = createMetrics(database);
const accounts = database ? await openAccounts(env, log) : null;
void database?.opened.then((opened) => accounts?.prepare(opened));
const verification = database ? keepVerifying(() => database.current(), env, log) : null;
server = await createSiteServer(env.DAY2_DIST, isolated, {
  probes: createProbes(database, metrics, createMayInspect(env)),
  observe: (request, response, pathname) =>
    observeRequest(request, response, pathname, { log, metrics }),
  findOptionalDatabase: () => database?.current() ?? null,
  accounts,
  site: siteFactsOf(env),
  verification,
});
await awaitDatabase();
const origin = new URL(env.DAY2_URL ?? `http://localhost:${env.PORT}`).origin;
if (accounts)
  keepReminding(() => database?.current() ?? null, { sendMail: accounts.sendMail, origin }, log);
const store = recordStoreOf(env);
if (store) keepRecording(() => database?.current() ?? null, store, origin, log);
await listen(server);

async function awaitDatabase(): Promise<void> {
  if (!database) return;
  const limit = delay(DATABASE_LIMIT_MS, null, { ref: false });
  const problem = await Promise.race([database.firstTry, limit]);
  if (!(problem instanceof DatabaseProblem)) return;
  if (problem.kind === 'taken' || problem.kind === 'refused') return fail(problem.message);
  const next =
    problem.kind === 'passing' ? 'It is tried again every second.' : 'It is not tried again.';
  sayToPeople(`${problem.message}\n${next} Pages are served without the database meanwhile.`);
}

async function listen(server: Server): Promise<void> {
  server.listen(env.PORT, env.HOST);
  const [event] = (await Promise.race([
    once(server, 'listening').then(() => [null]),
    once(server, 'error'),
  ])) as [NodeJS.ErrnoException | null];
  if (event) return fail(explainListenError(event));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : env.PORT;
  console.log(`Day Two is ready at http://${shownHost(env.HOST)}:${port}`);
}

/** Ends what was begun: requests get 3 s, then the database ends in good order. */
async function stop(): Promise<void> {
  // A signal may come before it listens.
  const closed = server?.listening ? once(server, 'close') : Promise.resolve();
  server?.close();
  server?.closeIdleConnections();
  await Promise.race([Promise.all([closed, verification?.close()]), delay(STOP_LIMIT_MS)]);
  await database?.close();
  process.exit(0);
}

async function fail(message: string): Promise<void> {
  sayToPeople(message);
  await database?.close();
  process.exit(1);
}

function sayToPeople(text: string): void {
  process.stderr.write(`${text}\n`);
}

function shownHost(host: string): string {
  return ['127.0.0.1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host;
}

function explainListenError(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${env.PORT} on ${env.HOST} is taken by another program. Stop it, or choose another port: PORT=8080 npm start`;
  }
  if (error.code === 'EACCES') {
    return `Port ${env.PORT} needs rights that this user lacks. Choose one above 1023: PORT=8080 npm start`;
  }
  return error.message;
}
