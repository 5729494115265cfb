import { announce } from '../changes.ts';
import type { LabFile } from '../lab-files.ts';
import { withDatabase } from '../store/database.ts';
import { addEvents, mergeFile, openMerge, type Merge } from '../transfer/merge.ts';
import type { ExchangeAnswer } from './exchange.ts';
import { keyOfEvent, keyOfFile, type Unsent } from './read-unsent.ts';

/** Notes what the server has now, and adds what it sent, in one transaction. Resolves to how much was new here. */
export async function writeAnswer(sent: Unsent, answer: ExchangeAnswer): Promise<number> {
  const added = await withDatabase(async (db) => {
    const transaction = openMerge(db);
    const [count] = await Promise.all([write(transaction, sent, answer), transaction.done]);
    return count;
  });
  if (added > 0) announce({ what: 'imported' });
  return added;
}

async function write(transaction: Merge, sent: Unsent, answer: ExchangeAnswer): Promise<number> {
  const synced = transaction.objectStore('synced');
  for (const { id } of [...sent.events, ...answer.events]) await synced.put(id, keyOfEvent(id));
  for (const file of sent.labFiles) await synced.put(file.revision, keyOfFile(file));
  let added = (await addEvents(transaction, answer.events)).filter(Boolean).length;
  for (const file of answer.labFiles) {
    if (await mergeFile(transaction, file, 'sync')) added += 1;
    await noteCommonBase(transaction, file);
  }
  await transaction.objectStore('meta').put(String(answer.cursor), 'sync-cursor');
  return added;
}

/** Where the text of this device stays the file, it still has to go out, over the base it was written on. */
async function noteCommonBase(transaction: Merge, incoming: LabFile): Promise<void> {
  const current = await transaction.objectStore('lab-files').get([incoming.lab, incoming.path]);
  if (current?.revision !== incoming.revision) return;
  await transaction.objectStore('synced').put(incoming.revision, keyOfFile(incoming));
}
