import { deleteDB } from 'idb';
import { announce } from '../changes.ts';
import { ProgressError, toProgressError } from '../progress-error.ts';
import { closeDatabase } from './database.ts';
import { databaseName, unownedName } from './database-name.ts';

const prefix = 'day-two';
const deleteTimeoutMs = 10_000;

/**
 * Deletes the database, this site's keys in local and session storage and its caches. All of the
 * site's keys and caches start with `day-two`, so that a neighbour on the same host keeps its own.
 */
export async function forgetEverything(): Promise<void> {
  const names = new Set([databaseName(), unownedName]);
  for (const name of names) await deleteDatabase(name);
  for (const storage of [localStorage, sessionStorage]) removeKeys(storage, prefix);
  if (globalThis.caches) {
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
  announce({ what: 'forgotten' });
}

/** Removes what is kept under names that start so. */
export function removeKeys(storage: Storage, start: string): void {
  for (const key of Object.keys(storage)) if (key.startsWith(start)) storage.removeItem(key);
}

/** Deletes one database, of which no tab may be in the middle of a write. */
export async function deleteDatabase(name: string): Promise<void> {
  await closeDatabase();
  await Promise.race([deleteDB(name), timeout()]).catch((cause: unknown) => {
    throw toProgressError(cause);
  });
}

function timeout(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(reject, deleteTimeoutMs, new ProgressError('blocked'));
  });
}
