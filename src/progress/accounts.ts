import { announce } from './changes.ts';
import { closeDatabase, openUnowned } from './store/database.ts';
import { databaseName, readAccount, writeAccount } from './store/database-name.ts';
import { deleteDatabase } from './store/forget.ts';
import type { ProgressContent } from './transfer/progress-content.ts';
import { readEverything } from './transfer/read-everything.ts';
import { writeImport, type ImportCounts } from './transfer/write-import.ts';

/** How much this browser holds that was done signed out, as long as nobody is signed in. */
export async function countUnowned(): Promise<number> {
  if (readAccount() !== null) return 0;
  const { events, labFiles } = await readEverything();
  return events.length + labFiles.length;
}

/**
 * Shows the account's own progress from now on. With `claim` what was done signed out is added to it;
 * without, it stays in this browser for whoever is signed out. Being cut short loses nothing.
 */
export async function enterAccount(account: string, claim: boolean): Promise<ImportCounts> {
  const unowned = claim && readAccount() === null ? await readEverything() : null;
  await closeDatabase();
  writeAccount(account);
  announce({ what: 'account' });
  if (!unowned) return { added: 0, alreadyHere: 0 };
  const counts = await writeImport(unowned);
  await removeUnowned(unowned);
  return counts;
}

/** Shows what was done signed out; with `remove` the account's progress goes from this browser, not from the server. */
export async function leaveAccount(remove: boolean): Promise<void> {
  if (remove) await deleteDatabase(databaseName());
  await closeDatabase();
  writeAccount(null);
  announce({ what: 'account' });
}

/** Removes what was read, and nothing that a tab added since. */
async function removeUnowned(content: ProgressContent): Promise<void> {
  const db = await openUnowned();
  const stores = ['events', 'lab-files', 'lab-file-copies'] as const;
  const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const files = transaction.objectStore('lab-files');
  for (const { id } of content.events) await transaction.objectStore('events').delete(id);
  for (const { lab, path, revision } of content.labFiles) {
    const current = await files.get([lab, path]);
    if (current?.revision === revision) await files.delete([lab, path]);
  }
  for (const { revision } of content.labFileCopies)
    await transaction.objectStore('lab-file-copies').delete(revision);
  await transaction.done;
  db.close();
}
