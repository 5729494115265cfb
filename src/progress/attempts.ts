import type { Verdict } from '#grading/verdict.ts';
import { announce } from './changes.ts';
import { shownAccount } from './shown-account.ts';
import { withDatabase } from './store/database.ts';

/** An attempt at a lab that passed here, on its way to the server. */
export interface HeldAttempt {
  readonly verdict: Verdict;
  readonly files: Readonly<Record<string, string>>;
  /** Why the server will never take it; null while it is to be sent. */
  readonly refused: string | null;
}

/**
 * Keeps an attempt for the server, on disk when it resolves; nobody signed in keeps none. Of a lab only
 * the newest waits: the server would give up an older one for it.
 */
export async function holdAttempt(attempt: Omit<HeldAttempt, 'refused'>): Promise<void> {
  if (shownAccount() === null) return;
  const { lab } = attempt.verdict;
  await withDatabase(async (db) => {
    const { store, done } = db.transaction('attempts', 'readwrite', { durability: 'strict' });
    for (const { verdict } of await store.getAll())
      if (verdict.lab === lab) await store.delete(verdict.id);
    await Promise.all([store.put({ ...attempt, refused: null }), done]);
  });
  announce({ what: 'attempts' });
}

/** What waits here or was refused, oldest first. */
export async function readAttempts(): Promise<readonly HeldAttempt[]> {
  const held = await withDatabase((db) => db.getAll('attempts'));
  return held.toSorted((one, other) =>
    one.verdict.finishedAt.localeCompare(other.verdict.finishedAt),
  );
}

/** Lets go of an attempt that the server has; one that was refused stays with the reason, to be read. */
export async function settleAttempt(id: string, refused: string | null): Promise<void> {
  await withDatabase(async (db) => {
    const { store, done } = db.transaction('attempts', 'readwrite', { durability: 'strict' });
    const held = await store.get(id);
    if (held && refused === null) await store.delete(id);
    if (held && refused !== null) await store.put({ ...held, refused });
    await done;
  });
  announce({ what: 'attempts' });
}
