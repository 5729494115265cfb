import { announce } from '../changes.ts';
import type { LabFile, LabFileCopy } from '../lab-files.ts';
import { withDatabase, type ProgressDatabase } from '../store/database.ts';
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
    const transaction = openImport(db);
    const writing = async () => {
      for (const isNew of await addEvents(transaction, content.events)) count(isNew);
      for (const file of content.labFiles) count(await mergeFile(transaction, file));
      for (const copy of content.labFileCopies) count(await addCopy(transaction, copy));
    };
    await Promise.all([writing(), transaction.done]);
  });
  announce({ what: 'imported' });
  return counts;
}

function openImport(db: ProgressDatabase) {
  const stores = ['events', 'lab-files', 'lab-file-copies'] as const;
  return db.transaction(stores, 'readwrite', { durability: 'strict' });
}

type Import = ReturnType<typeof openImport>;

/** Which events were new; asks for all keys at once, because a log has thousands. */
async function addEvents(transaction: Import, events: ProgressContent['events']) {
  const store = transaction.objectStore('events');
  const here = new Set(await store.getAllKeys());
  return Promise.all(
    events.map(async (event) => {
      if (here.has(event.id)) return false;
      here.add(event.id);
      await store.add(event);
      return true;
    }),
  );
}

async function addCopy(transaction: Import, copy: LabFileCopy): Promise<boolean> {
  const current = await transaction.objectStore('lab-files').get([copy.lab, copy.path]);
  const copies = transaction.objectStore('lab-file-copies');
  if (current?.revision === copy.revision || (await copies.getKey(copy.revision))) return false;
  await copies.add(copy);
  return true;
}

/** The newer text becomes the file; the other stays as a copy unless it was only an earlier state. */
async function mergeFile(transaction: Import, incoming: LabFile): Promise<boolean> {
  const files = transaction.objectStore('lab-files');
  const copies = transaction.objectStore('lab-file-copies');
  const current = await files.get([incoming.lab, incoming.path]);
  if (isKnown(current, incoming) || (await copies.getKey(incoming.revision))) return false;
  const isNewer = !current || incoming.base === current.revision || incoming.at > current.at;
  const displaced = isNewer ? current : incoming;
  const isContinued = current !== undefined && incoming.base === current.revision;
  if (isNewer) await files.put(incoming);
  const isKept = !isContinued && (await keep(copies, displaced));
  return isNewer || isKept;
}

function isKnown(current: LabFile | undefined, incoming: LabFile): boolean {
  if (!current) return false;
  return (
    current.revision === incoming.revision ||
    current.base === incoming.revision ||
    current.text === incoming.text
  );
}

async function keep(
  copies: { put(copy: LabFileCopy): Promise<unknown> },
  file: LabFile | undefined,
): Promise<boolean> {
  const text = file?.text ?? null;
  if (!file || text === null) return false;
  await copies.put({ ...file, text, reason: 'import', keptAt: new Date().toISOString() });
  return true;
}
