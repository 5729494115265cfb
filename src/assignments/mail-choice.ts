import { eq } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { reminderOptOut } from './tables.ts';

/** Whether a person gets reminders by mail; everybody does until they say otherwise. */
export async function wantsReminders(db: Queries, person: string): Promise<boolean> {
  const rows = await db.select().from(reminderOptOut).where(eq(reminderOptOut.userId, person));
  return rows.length === 0;
}

/** Turns a person's reminders on or off. */
export async function setReminders(db: Queries, person: string, isOn: boolean): Promise<void> {
  if (isOn) await db.delete(reminderOptOut).where(eq(reminderOptOut.userId, person));
  else await db.insert(reminderOptOut).values({ userId: person }).onConflictDoNothing();
}
