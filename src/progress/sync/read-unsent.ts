import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile } from '../lab-files.ts';
import { withDatabase, type SyncedKey } from '../store/database.ts';
import { exchangeLimit } from './exchange.ts';

/** What the server is not known to have, oldest first. */
export interface Unsent {
  readonly events: readonly ProgressEvent[];
  /** Each with the revision that the server has as its base. */
  readonly labFiles: readonly LabFile[];
}

/** As much of it as one exchange takes. */
export function readUnsent(): Promise<Unsent> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['events', 'lab-files', 'synced'], 'readonly');
    const store = transaction.objectStore('synced');
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    const synced = new Map(keys.map((key, index) => [key, values[index]!]));
    const eventIds = await transaction.objectStore('events').getAllKeys();
    const unsentIds = eventIds.filter((id) => !synced.has(keyOfEvent(id)));
    const events = await Promise.all(
      unsentIds.slice(0, exchangeLimit).map((id) => transaction.objectStore('events').get(id)),
    );
    const files = await transaction.objectStore('lab-files').getAll();
    await transaction.done;
    return {
      events: events.filter((event) => event !== undefined),
      labFiles: files.flatMap((file) => sinceSynced(file, synced)).slice(0, exchangeLimit),
    };
  });
}

/** Under which the store `synced` knows an event. */
export function keyOfEvent(id: string): SyncedKey {
  return `event/${id}`;
}

/** Under which the store `synced` knows the last common revision of a file. */
export function keyOfFile({ lab, path }: LabFile): SyncedKey {
  return `file/${lab}/${path}`;
}

function sinceSynced(file: LabFile, synced: ReadonlyMap<SyncedKey, string>): LabFile[] {
  const base = synced.get(keyOfFile(file)) ?? null;
  return base === file.revision ? [] : [{ ...file, base }];
}
