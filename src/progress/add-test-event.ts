import { randomUUID } from 'node:crypto';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { EventKind } from './event-schema.ts';
import { progressEntries } from './server/tables.ts';

/** Writes into a database of a test what a device of the person synced; resolves to the id of the event. */
export async function addTestEvent(
  db: NodePgDatabase,
  person: string,
  kind: EventKind,
  payload: Readonly<Record<string, unknown>>,
  { at = new Date(), receivedAt = new Date() } = {},
): Promise<string> {
  const [id, device] = [randomUUID(), randomUUID()];
  const content = { id, at: at.toISOString(), device, schema: 1, kind, payload };
  await db
    .insert(progressEntries)
    .values({ account: person, id, pushedBy: device, kind: 'event', content, receivedAt });
  return id;
}
