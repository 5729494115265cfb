import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connection } from '../connection.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { passwordFile } from './cluster-files.ts';
import { explainFileError } from './file-error.ts';
import { initialise } from './initialise.ts';
import { makePrivateFolder } from './private-folder.ts';
import { requirePassage, selectOptionalUser, type DatabaseUser } from './user.ts';
import { requireVersion } from './version.ts';

/** One data folder of PostgreSQL with everything that it takes to start it. */
export interface Cluster {
  /** Absolute; what PostgreSQL calls PGDATA. */
  readonly folder: string;
  readonly socketFolder: string;
  readonly binaries: Binaries;
  readonly user: DatabaseUser | null;
  readonly connection: Connection;
}

/** The longest path of a socket is 107 bytes on Linux and 103 on macOS; PostgreSQL adds its own name. */
const LONGEST_SOCKET_FOLDER = 103 - '/.s.PGSQL.5432'.length;

/** Checks the cluster under the data folder, after making it where there is none yet. */
export async function prepareCluster(data: string): Promise<Cluster> {
  const folder = path.resolve(data, 'postgres');
  const binaries = await findBinaries();
  const user = selectOptionalUser(folder);
  requirePassage(binaries.postgres, user);
  requirePassage(path.dirname(folder), user);
  try {
    await initialise(folder, binaries, user);
    await requireVersion(folder, binaries);
    const password = await readFile(passwordFile(folder), 'utf8');
    const socketFolder = await chooseSocketFolder(folder, user);
    const config = { host: socketFolder, port: 5432, user: 'day2', password, database: 'postgres' };
    const connection = { config, shown: `the embedded PostgreSQL in ${folder}` };
    return { folder, socketFolder, binaries, user, connection };
  } catch (error) {
    throw explainFileError(error, folder);
  }
}

async function chooseSocketFolder(folder: string, user: DatabaseUser | null): Promise<string> {
  const near = path.join(path.dirname(folder), 'run');
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const isShort = Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER;
  const chosen = isShort ? near : path.join(tmpdir(), `day2-${name}`);
  await makePrivateFolder(chosen, user);
  return chosen;
}
