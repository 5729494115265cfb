import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Ends the embedded PostgreSQL of a data folder and keeps it from starting, by a line in its settings that it refuses,
 * until the function that this resolves to is called: the server then starts it by itself.
 */
export async function holdDatabaseDown(data: string): Promise<() => Promise<void>> {
  const folder = path.join(data, 'postgres');
  const settings = path.join(folder, 'postgresql.conf');
  const before = await readFile(settings, 'utf8');
  await appendFile(settings, '\nheld_down_by_a_test = \n');
  const [pid] = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8')).split('\n');
  // At once, without waiting for anybody.
  process.kill(Number(pid), 'SIGQUIT');
  return () => writeFile(settings, before);
}
