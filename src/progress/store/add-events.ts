import { announce } from '../changes.ts';
import type { EventDraft, EventKind, EventOf, ProgressEvent } from '../event-schema.ts';
import { newId } from '../new-id.ts';
import { withDatabase } from './database.ts';

const schema = 1 satisfies ProgressEvent['schema'];

/** Completes a draft; the event is not stored yet. */
export function newEvent(draft: EventDraft, device: string): ProgressEvent {
  return { id: newId(), at: new Date().toISOString(), device, schema, ...draft };
}

/** Stores events; resolves once they are on disk. */
export async function addEvents(events: readonly ProgressEvent[]): Promise<void> {
  await withDatabase(async (db) => {
    const transaction = db.transaction('events', 'readwrite', { durability: 'strict' });
    await Promise.all([...events.map((event) => transaction.store.put(event)), transaction.done]);
  });
  announce({ what: 'events' });
}

/** The id of this browser profile, made when it first has something to keep. */
export function readDevice(): Promise<string> {
  return withDatabase(async (db) => {
    const { store, done } = db.transaction('meta', 'readwrite');
    const device = await store.get('device');
    if (device) return device;
    const made = newId();
    await Promise.all([store.put(made, 'device'), done]);
    return made;
  });
}

/** All events of one kind, oldest first. */
export function eventsOfKind<Kind extends EventKind>(kind: Kind): Promise<EventOf<Kind>[]> {
  return withDatabase((db) => db.getAllFromIndex('events', 'kind', kind)) as Promise<
    EventOf<Kind>[]
  >;
}
