import { readAccount } from './store/database-name.ts';

/** The account that this browser shows; null where nobody is signed in, or the browser refuses storage. */
export function shownAccount(): string | null {
  try {
    return readAccount();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
