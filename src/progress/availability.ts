import { explainProgressError, type ProgressTrouble } from './progress-trouble.ts';
import { newId } from './new-id.ts';
import { withDatabase } from './store/database.ts';

const probeBytes = 256 * 1024;

/** Whether this browser keeps progress, found out by writing something. */
export type ProgressAvailability =
  | {
      readonly isUsable: true;
      /** false: the browser may delete it when the disk runs short. */
      readonly isPersisted: boolean;
      /** Bytes, null where the browser does not say. */
      readonly usedBytes: number | null;
      readonly quotaBytes: number | null;
    }
  | { readonly isUsable: false; readonly trouble: ProgressTrouble };

/** Tries to store a quarter of a megabyte and takes it out again. Rejects only for a fault of ours. */
export async function progressAvailability(): Promise<ProgressAvailability> {
  try {
    await probe();
  } catch (cause) {
    const trouble = explainProgressError(cause);
    if (!trouble) throw cause;
    return { isUsable: false, trouble };
  }
  return { isUsable: true, ...(await measure()) };
}

async function measure() {
  // Absent on plain http.
  if (!navigator.storage) return { isPersisted: false, usedBytes: null, quotaBytes: null };
  const [isPersisted, { usage, quota }] = await Promise.all([
    navigator.storage.persisted(),
    navigator.storage.estimate(),
  ]);
  return { isPersisted, usedBytes: usage ?? null, quotaBytes: quota ?? null };
}

async function probe(): Promise<void> {
  const key = `probe-${newId()}` as const;
  await withDatabase(async (db) => {
    const transaction = db.transaction('meta', 'readwrite');
    await Promise.all([
      transaction.store.put('x'.repeat(probeBytes), key),
      transaction.store.delete(key),
      transaction.done,
    ]);
  });
}
