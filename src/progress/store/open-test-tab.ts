import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';

/** A tab of its own: the modules of progress loaded afresh over the shared database. */
export async function openTestTab() {
  vi.resetModules();
  const { openProgress } = await import('../progress.ts');
  const lessons = await import('../lesson-progress.ts');
  const { withDatabase } = await import('./database.ts');
  return { ...(await openProgress()), lessons, withDatabase };
}

/** A browser that was never here. */
export function startWithEmptyBrowser(): void {
  globalThis.indexedDB = new IDBFactory();
}
