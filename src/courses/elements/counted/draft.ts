import type { Answer } from '#answers/answer.ts';
import { newId } from '#progress/new-id.ts';
import { shownAccount } from '#progress/shown-account.ts';

/** An answer that the server has not graded yet, as far as the page knows. */
export interface Drafted {
  /** Of the try; the same answer is the same try, until it is graded. */
  readonly id: string;
  /** When it was given, by this device's clock. */
  readonly at: string;
  readonly answer: Answer;
}

export interface Draft {
  read(): Drafted | null;
  /** Keeps an answer; one that is kept already stays the try that it is. */
  keep(answer: Answer): Drafted & { readonly isNew: boolean };
  drop(): void;
}

/**
 * Keeps it in this browser for whoever is signed in, and in this tab for nobody, from where the next sign-in in
 * the tab takes it over. Where the browser stores nothing the page alone holds it.
 */
export function openDraft(lesson: string, check: string): Draft {
  const shared = `day-two-answer ${lesson} ${check}`;
  let last: Drafted | null = null;

  function place(): readonly [storage: Storage, key: string] {
    const account = shownAccount();
    return account === null
      ? [sessionStorage, shared]
      : [localStorage, `day-two-of-${account} answer ${lesson} ${check}`];
  }

  function read(): Drafted | null {
    attempt(() => {
      const [storage, key] = place();
      const text = storage.getItem(key) ?? sessionStorage.getItem(shared);
      last = (JSON.parse(text ?? 'null') as Drafted | null) ?? last;
    });
    return last;
  }

  function drop(): void {
    last = null;
    attempt(() => {
      const [storage, key] = place();
      storage.removeItem(key);
      sessionStorage.removeItem(shared);
    });
  }

  function keep(answer: Answer): Drafted & { readonly isNew: boolean } {
    const before = read();
    const isNew = JSON.stringify(before?.answer) !== JSON.stringify(answer);
    const kept = before && !isNew ? before : { id: newId(), at: new Date().toISOString(), answer };
    drop();
    last = kept;
    attempt(() => {
      const [storage, key] = place();
      storage.setItem(key, JSON.stringify(kept));
    });
    return { ...kept, isNew };
  }

  return { read, keep, drop };
}

/** A browser that refuses storage, or has no room, keeps the answer on the page alone. */
function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
