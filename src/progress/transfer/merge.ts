import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile, LabFileCopy } from '../lab-files.ts';
import { noteId } from '../new-id.ts';
import type { ProgressDatabase } from '../store/database.ts';

/** A transaction in which something from elsewhere is added to what is here. */
export function openMerge(db: ProgressDatabase) {
  const stores = ['events', 'lab-files', 'lab-file-copies', 'synced', 'meta'] as const;
  return db.transaction(stores, 'readwrite', { durability: 'strict' });
}

export type Merge = ReturnType<typeof openMerge>;

/** Adds events that are not here; tells which were new. Asks for all keys at once, because a log has thousands. */
export async function addEvents(transaction: Merge, events: readonly ProgressEvent[]) {
  const store = transaction.objectStore('events');
  const here = new Set(await store.getAllKeys());
  return Promise.all(
    events.map(async (event) => {
      if (here.has(event.id)) return false;
      here.add(event.id);
      noteId(event.id);
      await store.add(event);
      return true;
    }),
  );
}

/** Adds a copy that is not here; resolves to whether it was new. */
export async function addCopy(transaction: Merge, copy: LabFileCopy): Promise<boolean> {
  const current = await transaction.objectStore('lab-files').get([copy.lab, copy.path]);
  const copies = transaction.objectStore('lab-file-copies');
  if (current?.revision === copy.revision || (await copies.getKey(copy.revision))) return false;
  await copies.add(copy);
  return true;
}

/**
 * The newer text becomes the file; the other stays as a copy unless it was only an earlier state.
 * Both sides of a conflict choose the same text. Resolves to whether anything was added.
 */
export async function mergeFile(
  transaction: Merge,
  incoming: LabFile,
  reason: LabFileCopy['reason'],
): Promise<boolean> {
  const files = transaction.objectStore('lab-files');
  const copies = transaction.objectStore('lab-file-copies');
  const current = await files.get([incoming.lab, incoming.path]);
  if (isKnown(current, incoming) || (await copies.getKey(incoming.revision))) return false;
  if (!current) {
    await files.put(incoming);
    return true;
  }
  const isContinued = incoming.base === current.revision;
  const isNewer = isContinued || isAfter(incoming, current);
  // Of one text that was written twice too: a third text has to win on all devices, or on none.
  if (isNewer) await files.put(incoming);
  if (isContinued || current.text === incoming.text) return isNewer;
  const isKept = await keep(copies, isNewer ? current : incoming, reason);
  return isNewer || isKept;
}

/** The revision decides between two texts of one millisecond. */
function isAfter(one: LabFile, other: LabFile): boolean {
  return one.at === other.at ? one.revision > other.revision : one.at > other.at;
}

function isKnown(current: LabFile | undefined, incoming: LabFile): boolean {
  if (!current) return false;
  return current.revision === incoming.revision || current.base === incoming.revision;
}

async function keep(
  copies: { put(copy: LabFileCopy): Promise<unknown> },
  file: LabFile,
  reason: LabFileCopy['reason'],
): Promise<boolean> {
  const { text } = file;
  if (text === null) return false;
  await copies.put({ ...file, text, reason, keptAt: new Date().toISOString() });
  return true;
}
