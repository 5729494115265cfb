import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../database.ts';
import { parseEnv, type Env } from '../env.ts';
import { createLog } from '../log.ts';
import { printProgress } from './backup/progress.ts';
import { printRows } from './backup/print-rows.ts';
import { writeBackup } from './backup/write.ts';
import { visitOptionalCluster } from './embedded/visit.ts';
import { openDatabase } from './open.ts';
import { createPool } from './pool.ts';
import { DatabaseProblem, messageOf } from './problem.ts';

const log = createLog('warn');

try {
  await backUp(parseEnv(process.env), process.argv[2]);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function backUp(env: Env, given?: string): Promise<void> {
  const file = given ?? path.join('backups', `day-two-${stamp()}.backup.gz`);
  if (existsSync(file)) {
    throw new DatabaseProblem('lasting', {
      found: 'This file exists already.',
      where: file,
      repair: 'name another: npm run db:backup -- <file>.',
    });
  }
  await mkdir(path.dirname(file), { recursive: true });
  const source = await openSource(env);
  try {
    const rows = await writeBackup(source.pool, file, printProgress());
    printRows(rows);
    console.log(`Backup written: ${file} (${((await stat(file)).size / 1024).toFixed(1)} KiB)`);
  } finally {
    await source.close();
  }
}

/** A server that runs on the data folder goes on; the backup reads beside it. */
async function openSource(env: Env): Promise<Pick<Database, 'pool' | 'close'>> {
  const running = env.DATABASE_URL ? null : await visitOptionalCluster(env.DAY2_DATA);
  if (!running) return openDatabase(env, log);
  const pool = createPool(running, log);
  return { pool, close: () => pool.end() };
}

function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
