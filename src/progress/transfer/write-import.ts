import { announce } from '../changes.ts';
import { withDatabase } from '../store/database.ts';
import { addCopy, addEvents, mergeFile, openMerge } from './merge.ts';
import type { ProgressContent } from './progress-content.ts';

/** How many entries an import added, and how many were here before. */
export interface ImportCounts {
  readonly added: number;
  readonly alreadyHere: number;
}

/** Adds what is not here yet, in one transaction: all of it or, on failure, nothing. */
export async function writeImport(content: ProgressContent): Promise<ImportCounts> {
  const counts = { added: 0, alreadyHere: 0 };
  const count = (isNew: boolean) => (isNew ? counts.added++ : counts.alreadyHere++);
  await withDatabase(async (db) => {
    const transaction = openMerge(db);
    const writing = async () => {
      for (const isNew of await addEvents(transaction, content.events)) count(isNew);
      for (const file of content.labFiles) count(await mergeFile(transaction, file, 'import'));
      for (const copy of content.labFileCopies) count(await addCopy(transaction, copy));
    };
    await Promise.all([writing(), transaction.done]);
  });
  announce({ what: 'imported' });
  // The account's server does not have them yet.
  if (counts.added > 0) announce({ what: 'events' });
  return counts;
}
