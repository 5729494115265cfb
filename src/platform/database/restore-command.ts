import { parseArgs } from 'node:util';
import { parseEnv } from '../env.ts';
import { createLog } from '../log.ts';
import { printProgress } from './backup/progress.ts';
import { printRows } from './backup/print-rows.ts';
import { restoreBackup } from './backup/restore.ts';
import { openDatabase } from './open.ts';
import { messageOf } from './problem.ts';

const usage = 'npm run db:restore -- <file> [--replace]';

try {
  await restore();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function restore(): Promise<void> {
  const options = { replace: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [file] = positionals;
  if (!file) throw new Error(`No backup was named. Repair: ${usage}`);
  const database = await openDatabase(parseEnv(process.env), createLog('warn'));
  try {
    const isReplacing = values.replace;
    const progress = printProgress();
    printRows(await restoreBackup(database.pool, { file, isReplacing, progress }));
    console.log(`Restored from ${file}`);
  } finally {
    await database.close();
  }
}
