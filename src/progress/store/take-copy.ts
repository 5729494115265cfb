import { announce } from '../changes.ts';
import { isOfTwoDevices, type LabFile, type LabFileCopy, type SavedLabFile } from '../lab-files.ts';
import { withDatabase } from './database.ts';
import { newLabFile, openWrite, type FileWrite } from './save-lab-file.ts';

/**
 * Makes a kept text the file's content again, on disk when it resolves; what stood there is kept in its
 * place, so that this can be taken back. Resolves to null where the kept text is no longer there.
 */
export async function takeLabFileCopy(
  revision: string,
  device: string,
): Promise<SavedLabFile | null> {
  const taken = await withDatabase(async (db) => {
    const transaction = openWrite(db);
    const [outcome] = await Promise.all([take(transaction, revision, device), transaction.done]);
    return outcome;
  });
  if (!taken) return null;
  const { lab, path } = taken.file;
  announce({ what: 'lab-file', lab, path });
  announce({ what: 'lab-copies', lab });
  return { revision: taken.file.revision, kept: taken.kept };
}

async function take(
  transaction: FileWrite,
  revision: string,
  device: string,
): Promise<{ readonly file: LabFile; readonly kept: LabFileCopy | null } | null> {
  const copies = transaction.objectStore('lab-file-copies');
  const files = transaction.objectStore('lab-files');
  const copy = await copies.get(revision);
  if (!copy) return null;
  const { lab, path, text } = copy;
  const current = await files.get([lab, path]);
  await copies.delete(revision);
  if (current?.text === text) return { file: current, kept: null };
  const kept = current ? copyInPlaceOf(copy, current, device) : null;
  if (kept) await copies.put(kept);
  const file = newLabFile({ lab, path, text, base: current?.revision ?? null, device }, current);
  await files.put(file);
  return { file, kept };
}

function copyInPlaceOf(copy: LabFileCopy, current: LabFile, device: string): LabFileCopy | null {
  const { text } = current;
  if (text === null) return null;
  // Two texts of two devices stay that, whichever of them is the file.
  const reason = isOfTwoDevices(copy, device) ? 'sync' : 'reset';
  return { ...current, text, reason, keptAt: new Date().toISOString() };
}
