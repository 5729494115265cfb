import { randomBytes, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { auditPerson } from '#accounts/audit-person.ts';
import type { Visit } from '#accounts/visit.ts';
import { writeCalendar, type CalendarFile } from './calendar.ts';
import { listAssignedTo } from './db/list-assigned.ts';
import { listById } from './db/read-assignments.ts';
import { readStandings } from './read-standings.ts';
import { calendarFeed } from './tables.ts';

type FeedVisit = Pick<Visit, 'db' | 'sign' | 'origin'>;

/** The secret address of a person's calendar; null where they have none. */
export async function findCalendarAddress(
  visit: FeedVisit,
  person: string,
): Promise<string | null> {
  const [row] = await visit.db.select().from(calendarFeed).where(eq(calendarFeed.userId, person));
  return row ? `${visit.origin}/assignments/calendar/${tokenOf(visit, row.id)}.ics` : null;
}

/** Gives a person a new address; one that they had before stops working. */
export async function renewCalendar({ db }: FeedVisit, person: string): Promise<void> {
  const id = randomBytes(16).toString('hex');
  await db.transaction(async (tx) => {
    await tx
      .insert(calendarFeed)
      .values({ userId: person, id })
      .onConflictDoUpdate({ target: calendarFeed.userId, set: { id, createdAt: new Date() } });
    await auditPerson(tx, person, 'calendar address made');
  });
}

/** Makes a person's address useless. */
export async function revokeCalendar({ db }: FeedVisit, person: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(calendarFeed).where(eq(calendarFeed.userId, person));
    await auditPerson(tx, person, 'calendar address revoked');
  });
}

/** The calendar behind an address, with all that a person was ever asked; null where the address is not one, or no longer. */
export async function readCalendar(
  visit: FeedVisit,
  token: string,
  now = new Date(),
): Promise<CalendarFile | null> {
  const id = token.split('-')[0] ?? '';
  const expected = Buffer.from(tokenOf(visit, id));
  const given = Buffer.from(token);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [feed] = await visit.db.select().from(calendarFeed).where(eq(calendarFeed.id, id));
  if (!feed) return null;
  const places = await listAssignedTo(visit.db, feed.userId);
  const ids = places.map(({ assignment }) => assignment);
  const assignments = await listById(visit.db, ids);
  return writeCalendar(await readStandings(visit.db, assignments, places, now), visit.origin);
}

/** The id finds the row; the rest only this site can make, so that a copy of the database opens no calendar. */
function tokenOf({ sign }: FeedVisit, id: string): string {
  return `${id}-${sign(`calendar ${id}`)}`;
}
