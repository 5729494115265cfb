import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { tellThisTab } from '../changes.ts';
import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile, LabFileCopy } from '../lab-files.ts';
import { ProgressError, toProgressError, type ProgressErrorCode } from '../progress-error.ts';

export const databaseName = 'day-two';

interface Schema extends DBSchema {
  meta: { key: 'device' | 'persistence-asked' | `probe-${string}`; value: string };
  events: {
    key: string;
    value: ProgressEvent;
    indexes: { kind: string; lesson: string };
  };
  'lab-files': { key: [lab: string, path: string]; value: LabFile };
  'lab-file-copies': { key: string; value: LabFileCopy };
}

export type ProgressDatabase = IDBPDatabase<Schema>;

let opening: Promise<ProgressDatabase> | undefined;
let gone: ProgressErrorCode | undefined;

/** Runs `use` on the open database; whatever fails is thrown as a `ProgressError`. */
export async function withDatabase<Result>(
  use: (db: ProgressDatabase) => Promise<Result>,
): Promise<Result> {
  try {
    if (gone) throw new ProgressError(gone);
    return await use(await (opening ??= open()));
  } catch (cause) {
    throw gone ? new ProgressError(gone, cause) : toProgressError(cause);
  }
}

/** Lets go of the connection, so that the database can be deleted; the next use opens it again. */
export async function closeDatabase(): Promise<void> {
  // An opening that failed has told its caller, and left nothing to close.
  const db = await opening?.catch(() => undefined);
  db?.close();
  opening = undefined;
}

function open(): Promise<ProgressDatabase> {
  return Promise.race([openOrCreate(), timeout()]).catch((cause: unknown) => {
    opening = undefined;
    throw cause;
  });
}

async function openOrCreate(): Promise<ProgressDatabase> {
  if (!globalThis.indexedDB) throw new ProgressError('missing');
  const db = await openDB<Schema>(databaseName, 1, {
    // Writes nothing: on a full disk the opening would fail and say only that it was aborted.
    upgrade(created) {
      const events = created.createObjectStore('events', { keyPath: 'id' });
      events.createIndex('kind', 'kind');
      events.createIndex('lesson', 'payload.lesson');
      created.createObjectStore('lab-files', { keyPath: ['lab', 'path'] });
      created.createObjectStore('lab-file-copies', { keyPath: 'revision' });
      created.createObjectStore('meta');
    },
    blocking(_current, wanted) {
      gone = wanted === null ? 'forgotten' : 'newer';
      db.close();
      if (wanted === null) tellThisTab({ what: 'forgotten' });
    },
    terminated() {
      opening = undefined;
    },
  });
  return db;
}

function timeout(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(reject, 10_000, new ProgressError('blocked'));
  });
}
