import { once } from 'node:events';
import { createConnection } from 'node:net';
import path from 'node:path';
import type { Cluster } from './cluster.ts';
import { findOptionalPostmaster, readOptionalLock } from './postmaster.ts';

/**
 * Whether a PostgreSQL runs on the cluster whose process cannot be seen from here: a container sees
 * neither the processes nor the shared memory of another one, but both reach the socket on their volume.
 */
export async function isRunElsewhere(cluster: Cluster): Promise<boolean> {
  const lock = await readOptionalLock(cluster.folder);
  const folders = new Set([cluster.socketFolder, lock?.socketFolder || cluster.socketFolder]);
  const answers = await Promise.all([...folders].map(isAnswering));
  // Another start on this machine may just have been quicker.
  return answers.includes(true) && !(await findOptionalPostmaster(cluster.folder));
}

/** The file of a socket stays where its process was killed, and then refuses. */
async function isAnswering(folder: string): Promise<boolean> {
  const socket = createConnection(path.join(folder, '.s.PGSQL.5432'));
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && silent.has(String(error.code))) return false;
    throw error;
  } finally {
    socket.destroy();
  }
}

/** Nobody listens, or there is no socket. */
const silent = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);
