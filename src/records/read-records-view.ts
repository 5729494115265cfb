import type { Asker } from '#assignments/asker.ts';
import { readKeeping, type Keeping } from './db/keeping.ts';
import { recordStoreOf } from './settings.ts';

/** What the page of learning records shows. */
export interface RecordsView {
  readonly keeping: Keeping;
  /** Host of the store; null where none is configured. */
  readonly store: string | null;
  /** What was done before the page was opened. */
  readonly notice: string | null;
}

const notices: Readonly<Record<string, string>> = {
  started: 'Learning records are sent from now on.',
  stopped: 'Nothing is sent any more. What waits is kept.',
};

/** Reads it. */
export async function readRecordsView(
  { db, membership }: Asker,
  { searchParams }: URL,
): Promise<RecordsView> {
  // The server parsed the same variables when it started, and would not have started with half of them.
  const store = recordStoreOf(process.env);
  return {
    keeping: await readKeeping(db, membership.organisation),
    store: store ? new URL(store.url).host : null,
    notice: notices[searchParams.get('done') ?? ''] ?? null,
  };
}
