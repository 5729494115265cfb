import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile } from '../lab-files.ts';
import { withDatabase, type SyncedKey } from '../store/database.ts';
import { openParcel } from './parcel.ts';

/** What the server is not known to have, oldest first. */
export interface Unsent {
  readonly events: readonly ProgressEvent[];
  /** Each with the revision that the server has as its base. */
  readonly labFiles: readonly LabFile[];
  /** How many entries met on the way are too large to be sent at all. */
  readonly tooLarge: number;
}

/** As much of it as one exchange takes. */
export function readUnsent(): Promise<Unsent> {
  return withDatabase(async (db) => {
    const transaction = db.transaction(['events', 'lab-files', 'synced'], 'readonly');
    const [synced, eventIds, files] = await Promise.all([
      readSynced(transaction.objectStore('synced')),
      transaction.objectStore('events').getAllKeys(),
      transaction.objectStore('lab-files').getAll(),
    ]);
    const parcel = openParcel();
    const events: ProgressEvent[] = [];
    for (const id of eventIds.filter((key) => !synced.has(keyOfEvent(key)))) {
      if (parcel.isFull()) break;
      const event = await transaction.objectStore('events').get(id);
      if (event && parcel.takes(event)) events.push(event);
    }
    const unsent = files.flatMap((file) => sinceSynced(file, synced));
    const labFiles = unsent.filter((file) => parcel.takes(file));
    return { events, labFiles, tooLarge: parcel.tooLarge() };
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

async function readSynced(store: {
  getAllKeys(): Promise<SyncedKey[]>;
  getAll(): Promise<string[]>;
}): Promise<ReadonlyMap<SyncedKey, string>> {
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return new Map(keys.map((key, index) => [key, values[index]!]));
}

function sinceSynced(file: LabFile, synced: ReadonlyMap<SyncedKey, string>): LabFile[] {
  const base = synced.get(keyOfFile(file)) ?? null;
  return base === file.revision ? [] : [{ ...file, base }];
}
