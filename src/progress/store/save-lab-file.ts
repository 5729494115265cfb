import { announce } from '../changes.ts';
import type { LabFile, LabFileCopy, SavedLabFile } from '../lab-files.ts';
import { newId } from '../new-id.ts';
import { withDatabase, type ProgressDatabase } from './database.ts';

export interface LabFileWrite {
  readonly lab: string;
  readonly path: string;
  /** null goes back to the lab's start. */
  readonly text: string | null;
  /** The revision that the writer last saw, null when it saw none. */
  readonly base: string | null;
  readonly device: string;
}

/**
 * Makes `text` the file's content, on disk when it resolves. A text that the writer had not seen, or
 * that a reset takes away, is kept as a copy first, in the same transaction.
 */
export async function saveLabFile(write: LabFileWrite): Promise<SavedLabFile> {
  const saved = await withDatabase(async (db) => {
    const transaction = openWrite(db);
    const [outcome] = await Promise.all([put(transaction, write), transaction.done]);
    return outcome;
  });
  const { lab, path } = write;
  if (saved.changed) announce({ what: 'lab-file', lab, path });
  if (saved.kept) announce({ what: 'lab-copies', lab });
  return { revision: saved.revision, kept: saved.kept };
}

/**
 * A row for a text. Its time is later than that of the row it replaces, whatever the clock says: merging
 * takes the later of two texts, and a device whose clock is behind must not lose to what it wrote over.
 */
export function newLabFile(
  { lab, path, text, base, device }: LabFileWrite,
  current?: LabFile,
): LabFile {
  const after = current ? Date.parse(current.at) + 1 : 0;
  const at = new Date(Math.max(Date.now(), after)).toISOString();
  return { lab, path, text, revision: newId(), base, at, device };
}

/** A transaction in which a file and its copies change together. */
export function openWrite(db: ProgressDatabase) {
  return db.transaction(['lab-files', 'lab-file-copies'], 'readwrite', { durability: 'strict' });
}

export type FileWrite = ReturnType<typeof openWrite>;

async function put(
  transaction: FileWrite,
  write: LabFileWrite,
): Promise<SavedLabFile & { readonly changed: boolean }> {
  const files = transaction.objectStore('lab-files');
  const current = await files.get([write.lab, write.path]);
  if ((current?.text ?? null) === write.text) {
    return { revision: current?.revision ?? null, kept: null, changed: false };
  }
  const copies = transaction.objectStore('lab-file-copies');
  const kept = current ? copyOfDisplaced(current, write) : null;
  if (kept) await copies.put(kept);
  if (write.base) await dropContinuedCopy(copies, write.base);
  const file = newLabFile(write, current);
  await files.put(file);
  return { revision: file.revision, kept, changed: true };
}

function copyOfDisplaced(current: LabFile, write: LabFileWrite): LabFileCopy | null {
  const { text } = current;
  const isContinued = current.revision === write.base && write.text !== null;
  if (text === null || isContinued) return null;
  const reason = write.text === null ? 'reset' : 'conflict';
  return { ...current, text, reason, keptAt: new Date().toISOString() };
}

/**
 * Two tabs that type in turns displace each other at every save. The copy of this writer's own
 * previous text goes when the writer goes on from it, so that one copy remains and not hundreds.
 */
async function dropContinuedCopy(
  copies: {
    get(key: string): Promise<LabFileCopy | undefined>;
    delete(key: string): Promise<void>;
  },
  base: string,
): Promise<void> {
  const copy = await copies.get(base);
  if (copy?.reason === 'conflict') await copies.delete(base);
}
