import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { DatabaseProblem, messageOf } from '../problem.ts';
import type { Cluster } from './cluster.ts';
import { findOptionalPostmaster, stopPostmaster, type Postmaster } from './postmaster.ts';
import { startPostmaster } from './start.ts';
import { isRunElsewhere } from './stranger.ts';

/** The session that makes this process the one that runs the cluster. PostgreSQL gives the lock back the moment the process dies. */
export interface Claim {
  readonly pid: number;
  /** Resolves when PostgreSQL ended the session, which it does only by dying. */
  readonly lost: Promise<void>;
  /** Whether PostgreSQL was left running by a process before. */
  readonly isAdopted: boolean;
}

const LOCK = 6_203_198_202;
/** A server that was killed a moment ago still holds the lock until PostgreSQL reads the end of its socket. */
const TAKEN_LIMIT_MS = 2000;
const START_LIMIT_MS = 10_000;

/** Runs PostgreSQL on the cluster, or adopts the one that runs, and takes the lock. Throws a problem of kind `taken` where another process has it. */
export async function claimCluster(cluster: Cluster, signal?: AbortSignal): Promise<Claim> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const claim = await tryClaim(cluster, signal);
      if (claim) return claim;
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error;
    }
    await delay(20);
  }
}

/** Null where PostgreSQL had to be ended first: it was of another version, or listened elsewhere. */
async function tryClaim(cluster: Cluster, signal?: AbortSignal): Promise<Claim | null> {
  const running = await findOptionalPostmaster(cluster.folder);
  if (!running) await startAlone(cluster, signal);
  const postmaster = running ?? (await findOptionalPostmaster(cluster.folder));
  if (!postmaster) throw new DatabaseProblem('passing', gone(cluster));
  const { client, lost } = await connect(cluster, postmaster);
  try {
    await takeLock(client, cluster);
    if (!running || (await isCurrent(client, cluster, postmaster))) {
      return { pid: postmaster.pid, lost, isAdopted: running !== null };
    }
    await stopPostmaster(cluster.folder, postmaster.pid);
    return null;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function startAlone(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  if (await isRunElsewhere(cluster)) throw new DatabaseProblem('taken', takenElsewhere(cluster));
  await startPostmaster(cluster, signal);
}

async function connect(cluster: Cluster, { socketFolder }: Postmaster) {
  const client = new Client({
    ...cluster.connection.config,
    host: socketFolder || cluster.socketFolder,
    application_name: 'day-two owner',
  });
  const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
  // It comes before `end`, which is what counts.
  client.on('error', () => {});
  await client.connect();
  return { client, lost };
}

async function takeLock(client: Client, cluster: Cluster): Promise<void> {
  const deadline = performance.now() + TAKEN_LIMIT_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [LOCK],
    );
    if (rows[0]?.taken) return;
    if (performance.now() > deadline) throw new DatabaseProblem('taken', taken(cluster));
    await delay(50);
  }
}

async function isCurrent(client: Client, cluster: Cluster, postmaster: Postmaster) {
  const { rows } = await client.query<{ version: string }>(
    "SELECT split_part(current_setting('server_version'), ' ', 1) AS version",
  );
  const isSameVersion = rows[0]?.version === cluster.binaries.version;
  return isSameVersion && postmaster.socketFolder === cluster.socketFolder;
}

/** What a PostgreSQL that is just starting, recovering or ending answers. */
function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseProblem) {
    return /pre-existing shared memory|"postmaster\.pid" already exists/.test(error.message);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03'].includes(code))
    return true;
  return /terminated unexpectedly/.test(messageOf(error));
}

function gone({ folder }: Cluster) {
  return {
    found: 'The embedded PostgreSQL started and ended at once.',
    where: folder,
    repair: `read ${folder}/log. It is tried again by itself.`,
  };
}

function taken({ folder }: Cluster) {
  return {
    found: 'The data folder is in use by another Day Two server.',
    where: folder,
    repair:
      'stop that server, give this one a folder of its own (DAY2_DATA=other npm start), run several nodes on one PostgreSQL with DATABASE_URL, or run without a database: DAY2_DATABASE=off.',
  };
}

function takenElsewhere(cluster: Cluster) {
  return {
    ...taken(cluster),
    found:
      'The data folder is in use by another Day Two server, in another container: its PostgreSQL answers on the socket, and its process is not seen from here.',
  };
}
