import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { visitOptionalCluster } from '../embedded/visit.ts';
import { findOptionalPostmaster } from '../embedded/postmaster.ts';
import { startServer, type RunningServer } from './server.ts';
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
  /** Rows that PostgreSQL said were committed. */
  readonly acknowledged: number;
  /** Of those, how many were not there at the end. */
  readonly lost: number;
  /** From the kill until `/readyz` said ready and a later row was acknowledged. */
  readonly medianBackMs: number;
  readonly slowestBackMs: number;
  readonly slowest: string;
}

/** `connection` is one process of PostgreSQL, which makes it end all the others and recover. */
const victims = ['server', 'postmaster', 'both', 'connection'] as const;
type Victim = (typeof victims)[number];

/** Kills the server and its PostgreSQL (SIGKILL) at random moments while rows are written, and counts what is lost. */
export async function chaos({ data, rounds, seed }: CrashOptions): Promise<CrashReport> {
  const random = createRandom(seed);
  let server = await startServer(data);
  const connection = await visitOptionalCluster(data);
  if (!connection) throw new Error('The server is ready, but no PostgreSQL runs.');
  const writers = startWriters(connection);
  const kills = { server: 0, postmaster: 0, both: 0, connection: 0 };
  const backs: Back[] = [];
  for (let round = 1; round <= rounds; round++) {
    await delay(100 + random() * 1400);
    const victim = victims[Math.floor(random() * victims.length)] ?? 'both';
    const started = performance.now();
    await kill(victim, { server, data, writers, random });
    if (victim === 'server' || victim === 'both') server = await startServer(data);
    await awaitService(server, writers);
    const ms = Math.round(performance.now() - started);
    kills[victim]++;
    backs.push({ ms, victim });
    console.log(
      `${round}/${rounds} ${victim}: back after ${ms} ms, ${writers.acknowledged()} rows`,
    );
  }
  const counts = await writers.finish();
  await server.end('SIGTERM');
  return { kills, ...counts, ...summarise(backs) };
}

interface Back {
  readonly ms: number;
  readonly victim: Victim;
}

function summarise(backs: readonly Back[]) {
  const sorted = backs.toSorted((a, b) => a.ms - b.ms);
  const slowest = sorted.at(-1);
  return {
    medianBackMs: sorted[Math.floor(sorted.length / 2)]?.ms ?? 0,
    slowestBackMs: slowest?.ms ?? 0,
    slowest: slowest?.victim ?? '',
  };
}

interface Scene {
  readonly server: RunningServer;
  readonly data: string;
  readonly writers: Writers;
  readonly random: () => number;
}

async function kill(victim: Victim, { server, data, writers, random }: Scene): Promise<void> {
  if (victim === 'connection') writers.backends().slice(0, 1).forEach(killQuietly);
  if (victim === 'postmaster' || victim === 'both') await killPostmaster(data, random());
  if (victim === 'server' || victim === 'both') await server.end('SIGKILL');
}

/** Half of the time its children go with it, as when a container is killed. */
async function killPostmaster(data: string, chance: number): Promise<void> {
  const postmaster = await findOptionalPostmaster(path.resolve(data, 'postgres'));
  if (!postmaster) return;
  const children = chance < 0.5 ? childrenOf(postmaster.pid) : [];
  [postmaster.pid, ...children].forEach(killQuietly);
}

/** Only Linux says it; elsewhere they end by themselves when they notice. */
function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

async function awaitService(server: RunningServer, writers: Writers): Promise<void> {
  const next = writers.nextAcknowledgement();
  while (!(await server.isReady())) await delay(20);
  await next;
}

/** Mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
