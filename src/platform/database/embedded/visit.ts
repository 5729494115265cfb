import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Connection } from '../connection.ts';
import { prepareCluster } from './cluster.ts';
import { findOptionalPostmaster } from './postmaster.ts';

/** The connection to the PostgreSQL that already runs on a data folder, whoever runs it; null where none does. */
export async function visitOptionalCluster(data: string): Promise<Connection | null> {
  const folder = path.resolve(data, 'postgres');
  if (!existsSync(folder)) return null;
  const running = await findOptionalPostmaster(folder);
  if (!running?.isReady) return null;
  const { connection } = await prepareCluster(data);
  return { ...connection, config: { ...connection.config, host: running.socketFolder } };
}
