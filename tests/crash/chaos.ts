import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { createRandom } from '#load/random.ts';
import { embeddedUrl } from '../support/embedded-url.ts';
import { setUpOverHttp, signInOverHttp } from '../support/http-person.ts';
import { openSeeding } from '../support/seed-people.ts';
import { collectOutput, startNode, type SiteNode } from '../support/site-node.ts';
import { assignmentsOf, progressOf, submissionsOf, type Kind } from './kinds.ts';
import { kill, takesServer, victims, type Victim } from './victims.ts';
import { startWriters, type Writers } from './writers.ts';

export interface CrashOptions {
  /** A data folder that does not exist yet. */
  readonly data: string;
  readonly rounds: number;
  /** Chooses the victims and the moments. */
  readonly seed: number;
}

export interface CrashReport {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly writes: Readonly<Record<string, WriteCount>>;
  /** From the kill until `/readyz` said ready and every writer was acknowledged something later. */
  readonly medianBackMs: number;
  readonly slowestBackMs: Readonly<Record<Victim, number>>;
}

interface WriteCount {
  readonly acknowledged: number;
  /** Of those, how many were not there at the end. */
  readonly lost: number;
  /** Of those, how many were there more than once. */
  readonly doubled: number;
}

const HOPELESS_MS = 60_000;

/** Kills the server and its PostgreSQL (SIGKILL) at random moments while people write, and counts what is lost. */
export async function chaos({ data, rounds, seed }: CrashOptions): Promise<CrashReport> {
  const random = createRandom(seed);
  const env = {
    PORT: String(await findFreePort()),
    DAY2_DATA: data,
    DAY2_LOG: 'error',
    DAY2_VERIFY: 'off',
  };
  const { first, kinds, databaseUrl } = await openScene(env, data);
  let server = first;
  const writers = startWriters(Object.fromEntries(kinds.map(({ name, write }) => [name, write])));
  await writers.everyoneWritesAgain();
  const backs: Back[] = [];
  for (let round = 1; round <= rounds; round++) {
    await delay(100 + random() * 1400);
    const victim = victims[Math.floor(random() * victims.length)] ?? 'both';
    const started = performance.now();
    await kill(victim, { server, data, chance: random() });
    // As whatever runs the service does (docs/hosting.md); nobody starts PostgreSQL but the server.
    if (takesServer(victim)) server = await startNode(env);
    const listening = Math.round(performance.now() - started);
    await awaitService(server, writers);
    const ms = Math.round(performance.now() - started);
    backs.push({ ms, victim });
    console.log(
      `${round}/${rounds} ${victim}: listening after ${listening} ms, back after ${ms} ms; ${describe(writers)}`,
    );
  }
  await writers.finish();
  const writes = await countWrites(databaseUrl, kinds, writers);
  await server.end('SIGTERM');
  return { writes, ...summarise(backs) };
}

const SENDERS = 15;

/** A site with a learner who syncs two devices, a manager who assigns, and others who send attempts. */
async function openScene(env: Readonly<Record<string, string>>, data: string) {
  const output = collectOutput();
  const first = await startNode({ ...env, DAY2_LOG: 'warn' }, output);
  const password = 'four words are enough';
  const code = await output.find(/"code":"([A-Z0-9-]+)"/);
  const manager = await setUpOverHttp(first.url, code, { email: 'ada@example.org', password });
  const databaseUrl = await embeddedUrl(data);
  const seeding = await openSeeding(databaseUrl);
  const team = await seeding.addTeam('Platform');
  const carl = { email: 'carl@example.org', name: 'Carl Nu', role: 'learner', team } as const;
  const senders = Array.from({ length: SENDERS }, (_, index) => ({
    ...carl,
    email: `sender-${index}@example.org`,
  }));
  await seeding.addPeople([carl, ...senders]);
  await seeding.close();
  const signIn = ({ email }: { email: string }) => signInOverHttp(first.url, { email, password });
  const learner = await signIn(carl);
  const kinds = [
    progressOf(learner, 'progress of one device'),
    progressOf(learner, 'progress of another'),
    assignmentsOf(manager, learner, 'first-week'),
    await submissionsOf(await Promise.all(senders.map(signIn))),
  ];
  return { first, kinds, databaseUrl };
}

interface Back {
  readonly ms: number;
  readonly victim: Victim;
}

function summarise(backs: readonly Back[]) {
  const sorted = backs.toSorted((a, b) => a.ms - b.ms);
  const of = (victim: Victim) => sorted.filter((back) => back.victim === victim);
  const table = <T>(value: (victim: Victim) => T) =>
    Object.fromEntries(victims.map((victim) => [victim, value(victim)])) as Record<Victim, T>;
  return {
    kills: table((victim) => of(victim).length),
    medianBackMs: sorted[Math.floor(sorted.length / 2)]?.ms ?? 0,
    slowestBackMs: table((victim) => of(victim).at(-1)?.ms ?? 0),
  };
}

/** Gives up after a minute: then it did not come back by itself. */
async function awaitService(server: SiteNode, writers: Writers): Promise<void> {
  const everyone = writers.everyoneWritesAgain().then(() => true);
  const limit = delay(HOPELESS_MS, false, { ref: false });
  const ready = (async () => {
    while (!(await isReady(server))) await delay(20);
  })();
  if (await Promise.race([Promise.all([ready, everyone]), limit])) return;
  throw new Error(`The service was not back within ${HOPELESS_MS / 1000} s.`);
}

function isReady({ url }: SiteNode): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function describe({ acknowledged }: Writers): string {
  return Object.entries(acknowledged)
    .map(([kind, ids]) => `${kind} ${ids.length}`)
    .join(', ');
}

async function countWrites(url: string, kinds: readonly Kind[], { acknowledged }: Writers) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const counts: Record<string, WriteCount> = {};
  for (const { name, find } of kinds) {
    const ids = acknowledged[name] ?? [];
    const found = await find(client, ids);
    const kept = new Set(found);
    counts[name] = {
      acknowledged: ids.length,
      lost: ids.filter((id) => !kept.has(id)).length,
      doubled: found.length - kept.size,
    };
  }
  await client.end();
  return counts;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
