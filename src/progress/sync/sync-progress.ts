import { readDevice } from '../store/add-events.ts';
import { withDatabase } from '../store/database.ts';
import type { Exchange } from './exchange.ts';
import { readUnsent } from './read-unsent.ts';
import { SyncError } from './sync-error.ts';
import { writeAnswer } from './write-answer.ts';

/**
 * Exchanges until the server has what is here and this browser what is there; resolves to how many
 * entries came. What was exchanged before a failure stays, and the next call goes on from it.
 */
export async function syncProgress(exchange: Exchange, signal: AbortSignal): Promise<number> {
  const device = await readDevice();
  let added = 0;
  for (;;) {
    const unsent = await readUnsent();
    const { events, labFiles, tooLarge } = unsent;
    const cursor = await readCursor();
    const answer = await exchange({ device, cursor, events, labFiles }, signal);
    added += await writeAnswer(unsent, answer);
    if (answer.hasMore || events.length + labFiles.length > 0) continue;
    if (tooLarge > 0) throw new SyncError('too-large');
    return added;
  }
}

async function readCursor(): Promise<number> {
  return Number((await withDatabase((db) => db.get('meta', 'sync-cursor'))) ?? 0);
}
