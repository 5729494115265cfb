import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { tellThisTab, watchProgress } from '../changes.ts';
import type { HeldAttempt } from '../attempts.ts';
import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile, LabFileCopy } from '../lab-files.ts';
import { noteId } from '../new-id.ts';
import { ProgressError, toProgressError, type ProgressErrorCode } from '../progress-error.ts';
import type { HeldTry } from '../tries.ts';
import { databaseName } from './database-name.ts';

export interface Schema extends DBSchema {
  meta: { key: 'device' | 'persistence-asked' | 'sync-cursor' | `probe-${string}`; value: string };
  events: {
    key: string;
    value: ProgressEvent;
    indexes: { kind: string; lesson: string };
  };
  'lab-files': { key: [lab: string, path: string]; value: LabFile };
  'lab-file-copies': { key: string; value: LabFileCopy };
  /** What the server is known to have: an event, or the revision of a lab file. */
  synced: { key: SyncedKey; value: string };
  /** Attempts at labs that passed and are to be verified, by the id of their verdict, until the server has them. */
  attempts: { key: string; value: HeldAttempt };
  /** Tries at checks that count, by their id, until a page has shown what the server says of them. */
  tries: { key: string; value: HeldTry };
}

export type SyncedKey = `event/${string}` | `file/${string}`;

export type ProgressDatabase = IDBPDatabase<Schema>;

export const version = 4;

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

// Another tab signed in or out: what this one does from now on belongs to the same person.
watchProgress(({ what }, from) => {
  if (what === 'account' && from === 'another-tab') void closeDatabase();
});

/** Lets go of the connection, so that the database can be deleted; the next use opens it again. */
export async function closeDatabase(): Promise<void> {
  const closing = opening;
  // At once: what is asked from now on must not be answered by the database that is being closed.
  opening = undefined;
  // An opening that failed has told its caller, and left nothing to close.
  const db = await closing?.catch(() => undefined);
  db?.close();
}

function open(): Promise<ProgressDatabase> {
  return Promise.race([openOrCreate(), timeout()]).catch((cause: unknown) => {
    opening = undefined;
    throw cause;
  });
}

async function openOrCreate(): Promise<ProgressDatabase> {
  if (!globalThis.indexedDB) throw new ProgressError('missing');
  const db = await openDB<Schema>(databaseName(), version, {
    // Writes nothing: on a full disk the opening would fail and say only that it was aborted.
    upgrade,
    blocking(_current, wanted) {
      gone = wanted === null ? 'forgotten' : 'newer';
      db.close();
      if (wanted === null) tellThisTab({ what: 'forgotten' });
    },
    terminated() {
      opening = undefined;
    },
  });
  const newest = await db.transaction('events').store.openKeyCursor(null, 'prev');
  if (newest) noteId(newest.key);
  return db;
}

/** Brings a database from an earlier version to this one. */
export function upgrade(created: ProgressDatabase, from: number): void {
  if (from < 1) createFirst(created);
  if (from < 2) created.createObjectStore('synced');
  if (from < 3) created.createObjectStore('attempts', { keyPath: 'verdict.id' });
  if (from < 4) created.createObjectStore('tries', { keyPath: 'id' });
}

function createFirst(created: ProgressDatabase): void {
  const events = created.createObjectStore('events', { keyPath: 'id' });
  events.createIndex('kind', 'kind');
  events.createIndex('lesson', 'payload.lesson');
  created.createObjectStore('lab-files', { keyPath: ['lab', 'path'] });
  created.createObjectStore('lab-file-copies', { keyPath: 'revision' });
  created.createObjectStore('meta');
}

function timeout(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(reject, 10_000, new ProgressError('blocked'));
  });
}
