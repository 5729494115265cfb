import { createLog } from '#platform/log.ts';
import type { Database } from './database.ts';
import { openDatabase } from './database/open.ts';
import { makeDataFolder } from './database/testing/data-folder.ts';

/** A PostgreSQL of its own with every migration, for tests; stopped and removed when disposed of. */
export async function openTestDatabase(): Promise<Database & AsyncDisposable> {
  const data = await makeDataFolder();
  const database = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
  const dispose = async () => {
    await database.close();
    await data[Symbol.asyncDispose]();
  };
  return { ...database, [Symbol.asyncDispose]: dispose };
}
