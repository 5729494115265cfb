import { openDB } from 'idb';
import { unownedName } from './database-name.ts';
import { upgrade, version, type ProgressDatabase, type Schema } from './database.ts';

/** Opens what was done signed out, beside the account's database; the caller closes it. */
export function openUnowned(): Promise<ProgressDatabase> {
  return openDB<Schema>(unownedName, version, { upgrade });
}
