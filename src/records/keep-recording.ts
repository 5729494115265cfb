import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { reasonOf } from '#platform/failure.ts';
import { collectStatements } from './collect.ts';
import { deliverStatements } from './deliver.ts';
import type { RecordStore } from './settings.ts';
import { openStoreClient } from './store-client.ts';

const PAUSE_MS = 15_000;
const mostBatches = 25;

/**
 * Sends what organisations with learning records do to the store from now on, while there is a database;
 * several nodes may do so at once. An outage is logged and tried again. Keeps no process alive.
 */
export function keepRecording(
  findOptionalDatabase: () => Database | null,
  store: RecordStore,
  origin: string,
  log: Log,
): void {
  const client = openStoreClient(store);
  let isBusy = false;
  const run = async () => {
    const database = findOptionalDatabase();
    if (!database || isBusy) return;
    isBusy = true;
    try {
      await collectStatements(database.db, origin);
      for (let batch = 0; batch < mostBatches; batch++) {
        const { sent, refused, outage } = await deliverStatements(database.db, client);
        if (sent + refused > 0) log.info({ sent, refused }, 'learning records sent');
        if (outage) log.warn({ reason: outage }, 'the learning record store takes nothing');
        if (outage || sent + refused === 0) break;
      }
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'learning records not sent; tried again');
    } finally {
      isBusy = false;
    }
  };
  setInterval(() => void run(), PAUSE_MS).unref();
}
