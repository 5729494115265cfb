import { spawn } from 'node:child_process';
import { closeSync, fchownSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startLog } from './cluster-files.ts';
import type { Cluster } from './cluster.ts';
import { explainOutput } from './explain-output.ts';
import { findOptionalPostmaster, removeForeignLock } from './postmaster.ts';
import { readLogSizes, readOutput } from './output.ts';
import { processOptions } from './process-options.ts';

/**
 * Starts PostgreSQL and resolves when it takes connections, after however long a recovery takes.
 * It listens on the socket only, and outlives this process: whoever comes next adopts it.
 */
export async function startPostmaster(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  await removeForeignLock(path.join(cluster.folder, 'postmaster.pid'), cluster.folder);
  await removeForeignLock(path.join(cluster.socketFolder, '.s.PGSQL.5432.lock'), cluster.folder);
  const log = openStartLog(cluster);
  const logSizes = await readLogSizes(cluster.folder);
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.folder, ...settings(cluster)], {
    ...processOptions(cluster.user),
    cwd: cluster.folder,
    stdio: ['ignore', log, log],
    // Ctrl+C in a terminal goes to every process of the group; the server ends this one when it has ended itself.
    detached: true,
  });
  closeSync(log);
  child.unref();
  let ended: string | null = null;
  child.once('error', (error) => (ended = String(error)));
  child.once('exit', () => (ended ??= ''));
  for (;;) {
    signal?.throwIfAborted();
    if (ended !== null) {
      throw explainOutput(ended + (await readOutput(cluster.folder, logSizes)), cluster.folder);
    }
    const found = await findOptionalPostmaster(cluster.folder);
    if (found?.pid === child.pid && found?.isReady) return;
    await delay(5);
  }
}

function settings({ socketFolder }: Cluster): string[] {
  const values = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '60',
    fsync: 'on',
    ...(process.platform === 'linux' && { recovery_init_sync_method: 'syncfs' }),
    logging_collector: 'on',
    // One file a weekday, written anew after a week: bounded without anybody looking after it.
    log_filename: 'postgres-%a.log',
    log_rotation_age: '1d',
    log_truncate_on_rotation: 'on',
    // Statements may hold what people wrote.
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function openStartLog({ folder, user }: Cluster): number {
  const file = openSync(startLog(folder), 'w', 0o600);
  if (user) fchownSync(file, user.uid, user.gid);
  return file;
}
