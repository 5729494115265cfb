import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '#platform/log.ts';
import type { Connection } from '../connection.ts';
import { messageOf } from '../problem.ts';
import { claimCluster, type Claim } from './claim.ts';
import { prepareCluster, type Cluster } from './cluster.ts';
import { explainFileError } from './file-error.ts';
import { stopPostmaster } from './postmaster.ts';

/** The PostgreSQL of a data folder, run by this process. */
export interface EmbeddedServer {
  readonly connection: Connection;
  /** Ends PostgreSQL in good order. */
  readonly close: () => Promise<void>;
}

const RETRY_MS = 250;

/** Runs the PostgreSQL of a data folder until it is closed, and starts it again whenever it dies. */
export async function openEmbedded(
  data: string,
  log: Log,
  signal?: AbortSignal,
): Promise<EmbeddedServer> {
  const cluster = await prepareCluster(data);
  const first = await claimCluster(cluster, signal).catch((error: unknown) => {
    throw explainFileError(error, cluster.folder);
  });
  if (first.isAdopted) log.warn({ pid: first.pid }, 'adopted the PostgreSQL of an earlier server');
  return { connection: cluster.connection, close: supervise(cluster, first, log) };
}

function supervise(cluster: Cluster, first: Claim, log: Log): () => Promise<void> {
  const closing = new AbortController();
  let claim = first;
  const endWithProcess = () => signalQuietly(claim.pid);
  process.once('exit', endWithProcess);
  const closed = new Promise<void>((resolve) =>
    closing.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const loop = (async () => {
    for (;;) {
      await Promise.race([claim.lost, closed]);
      if (closing.signal.aborted) return;
      log.error({ pid: claim.pid }, 'PostgreSQL died; starting it again');
      claim = await reclaim(cluster, closing.signal, log);
      log.info({ pid: claim.pid }, 'PostgreSQL is back');
    }
  })().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  return async () => {
    closing.abort();
    await loop;
    process.off('exit', endWithProcess);
    await stopPostmaster(cluster.folder, claim.pid);
  };
}

async function reclaim(cluster: Cluster, signal: AbortSignal, log: Log): Promise<Claim> {
  let said = '';
  for (;;) {
    try {
      return await claimCluster(cluster, signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = messageOf(explainFileError(error, cluster.folder));
      if (reason !== said) log.error({ reason }, 'PostgreSQL does not start again');
      said = reason;
    }
    await delay(RETRY_MS, undefined, { signal });
  }
}

/** For an exit that nobody planned: there is no time to wait for the end. */
function signalQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended already.
  }
}
