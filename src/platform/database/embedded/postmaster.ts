import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isPostmasterOf, isRunning } from './process.ts';

/** A PostgreSQL that runs on a cluster, as its postmaster.pid says. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  /** Whether it takes connections; not while it recovers from a crash. */
  readonly isReady: boolean;
}

const FAST_LIMIT_MS = 8000;

/** The one that runs on this cluster, whoever started it; null where none does. */
export async function findOptionalPostmaster(cluster: string): Promise<Postmaster | null> {
  const file = path.join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return null;
  if (isPostmasterOf(pid, cluster)) {
    return { pid, socketFolder: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready' };
  }
  // PostgreSQL would take whoever has the id now for itself and refuse to start. That none is left
  // on this cluster it sees from the shared memory, whose key is the folder's inode.
  if (isRunning(pid)) await rm(file, { force: true });
  return null;
}

/** Ends it in good order, and by force when that takes more than 8 s; resolves when it is gone. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const give = (signal: NodeJS.Signals) => {
    if (isPostmasterOf(pid, cluster)) process.kill(pid, signal);
  };
  give('SIGINT');
  const started = performance.now();
  let isForced = false;
  while (isPostmasterOf(pid, cluster)) {
    if (!isForced && performance.now() - started > FAST_LIMIT_MS) {
      isForced = true;
      give('SIGQUIT');
    }
    await delay(10);
  }
}
