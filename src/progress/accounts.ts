import { announce } from './changes.ts';
import { isClaiming, writeAccount, writeClaim } from './store/claim.ts';
import { closeDatabase, type ProgressDatabase } from './store/database.ts';
import { databaseName, readAccount } from './store/database-name.ts';
import { deleteDatabase, removeKeys } from './store/forget.ts';
import { openUnowned } from './store/open-unowned.ts';
import type { ProgressContent } from './transfer/progress-content.ts';
import { readAll, readEverything } from './transfer/read-everything.ts';
import { writeImport } from './transfer/write-import.ts';

/** How much this browser holds that was done signed out, as long as nobody is signed in. */
export async function countUnowned(): Promise<number> {
  if (readAccount() !== null) return 0;
  const { events, labFiles } = await readEverything();
  return events.length + labFiles.length;
}

/**
 * Shows the account's own progress from now on. With `claim` what was done signed out is added to it;
 * without, it stays in this browser for whoever is signed out.
 */
export async function enterAccount(account: string, claim: boolean): Promise<void> {
  await closeDatabase();
  if (claim) writeClaim(account);
  writeAccount(account);
  announce({ what: 'account' });
  await finishClaim();
}

/** Adds what the account claimed. A page that was left meanwhile loses nothing: the next one goes on. */
export async function finishClaim(): Promise<void> {
  if (!isClaiming()) return;
  const unowned = await openUnowned();
  const content = await readAll(unowned);
  await writeImport(content);
  await remove(unowned, content);
  unowned.close();
  writeClaim(null);
}

/** Shows what was done signed out; with `remove` the account's progress goes from this browser, not from the server. */
export async function leaveAccount(remove: boolean): Promise<void> {
  if (remove) {
    await deleteDatabase(databaseName());
    // Answers that were not graded yet.
    removeKeys(localStorage, `${databaseName()} `);
  }
  await closeDatabase();
  writeAccount(null);
  announce({ what: 'account' });
}

/** Removes what was read, and nothing that a tab added since. */
async function remove(db: ProgressDatabase, content: ProgressContent): Promise<void> {
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
}
