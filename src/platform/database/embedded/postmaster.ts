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

/** The one that runs on this cluster, whoever started it; null where none is seen from here. */
export async function findOptionalPostmaster(cluster: string): Promise<Postmaster | null> {
  const lock = await readOptionalLock(cluster);
  return lock && isPostmasterOf(lock.pid, cluster) ? lock : null;
}

/** The one that postmaster.pid names, which may be gone or run in another container; null where there is no such file. */
export async function readOptionalLock(cluster: string): Promise<Postmaster | null> {
  const lines = (await readOptionalFile(path.join(cluster, 'postmaster.pid'))).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return null;
  return { pid, socketFolder: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready' };
}

/**
 * PostgreSQL takes whoever has the id in a lock file for itself and refuses to start: another
 * process after a reboot, or a zombie where nobody collects it, as in many containers. That none of its
 * processes is left on the cluster it sees from the shared memory, whose key is the folder's inode; that
 * one runs in another container it sees from neither, so the socket has to be asked before this.
 */
export async function removeForeignLock(file: string, cluster: string): Promise<void> {
  const pid = Number((await readOptionalFile(file)).split('\n')[0]);
  if (pid > 0 && isRunning(pid) && !isPostmasterOf(pid, cluster)) await rm(file, { force: true });
}

/** Empty where there is none. */
function readOptionalFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
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
