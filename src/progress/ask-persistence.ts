import { withDatabase } from './store/database.ts';

/**
 * Asks the browser once, ever, not to evict this site's storage. Some browsers ask the person and
 * answer only then, so nothing should wait for it.
 */
export async function askPersistence(): Promise<void> {
  // Absent on plain http.
  if (!navigator.storage?.persist) return;
  const asked = await withDatabase((db) => db.get('meta', 'persistence-asked'));
  if (asked || (await navigator.storage.persisted())) return;
  await withDatabase((db) => db.put('meta', new Date().toISOString(), 'persistence-asked'));
  await navigator.storage.persist();
}
