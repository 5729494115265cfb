import type { IDBPObjectStore } from 'idb';
import type { Answer, GradedTry } from '#answers/answer.ts';
import { announce } from './changes.ts';
import type { CheckAnswer } from './event-schema.ts';
import { shownAccount } from './shown-account.ts';
import { withDatabase, type Schema } from './store/database.ts';

/** A try at a check that counts, on its way to the server and back. */
export interface HeldTry {
  readonly id: string;
  readonly lesson: string;
  readonly check: string;
  readonly kind: CheckAnswer['kind'];
  readonly answer: Answer;
  /** When it was given, by the clock of this device. */
  readonly at: string;
  /** The end of the pause that the server named last, by the same clock; null where it named none. */
  readonly notBefore: string | null;
  /** Null while it is to be sent. */
  readonly outcome: TryOutcome | null;
}

/** What the server said of a try. */
export type TryOutcome =
  | { readonly kind: 'graded'; readonly graded: GradedTry }
  /** It never will grade it: the page is of another version than the server, or the check was changed. */
  | { readonly kind: 'refused'; readonly why: 'other-version' | 'changed' };

type Place = Pick<HeldTry, 'lesson' | 'check'>;
type Store = IDBPObjectStore<Schema, ['tries'], 'tries', 'readwrite'>;

/**
 * Keeps a try for the server, on disk when it resolves; false where nobody is signed in, who keeps none. Of
 * a check only the newest waits: what it replaces was not meant any more.
 */
export async function holdTry(given: Omit<HeldTry, 'notBefore' | 'outcome'>): Promise<boolean> {
  if (shownAccount() === null) return false;
  await write(async (store) => {
    await removeOf(store, given);
    await store.put({ ...given, notBefore: null, outcome: null });
  });
  return true;
}

/** A try with what came of it; undefined where it is not held. */
export function readTry(id: string): Promise<HeldTry | undefined> {
  return withDatabase((db) => db.get('tries', id));
}

/** The tries that are to be sent, oldest first. */
export async function readWaitingTries(): Promise<readonly HeldTry[]> {
  const held = await withDatabase((db) => db.getAll('tries'));
  return held
    .filter(({ outcome }) => outcome === null)
    .toSorted((one, other) => one.at.localeCompare(other.at));
}

/** Notes what the server said of a try, for the page with its check. */
export function settleTry(id: string, outcome: TryOutcome): Promise<void> {
  const seconds = outcome.kind === 'graded' ? outcome.graded.pauseSeconds : 0;
  return change(id, { outcome, notBefore: seconds > 0 ? momentIn(seconds) : null });
}

/** Notes that the server takes a try after so many seconds. */
export function deferTry(id: string, seconds: number): Promise<void> {
  return change(id, { notBefore: momentIn(seconds) });
}

/** Lets go of what is held of a check, because its page shows it or another answer was given. */
export function dropTries(place: Place): Promise<void> {
  return write((store) => removeOf(store, place));
}

function momentIn(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

/** Leaves one alone that was replaced meanwhile. */
function change(id: string, changed: Partial<HeldTry>): Promise<void> {
  return write(async (store) => {
    const held = await store.get(id);
    if (held) await store.put({ ...held, ...changed });
  });
}

async function removeOf(store: Store, { lesson, check }: Place): Promise<void> {
  for (const held of await store.getAll())
    if (held.lesson === lesson && held.check === check) await store.delete(held.id);
}

/** On disk when it resolves, and told to every page. */
async function write(work: (store: Store) => Promise<unknown>): Promise<void> {
  await withDatabase(async (db) => {
    const { store, done } = db.transaction('tries', 'readwrite', { durability: 'strict' });
    await Promise.all([work(store), done]);
  });
  announce({ what: 'tries' });
}
