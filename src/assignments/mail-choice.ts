import { eq } from 'drizzle-orm';
import { auditPerson } from '#accounts/audit-person.ts';
import type { Person } from '#accounts/read-person.ts';
import type { Queries } from '#platform/audit.ts';
import { readSettings } from '#settings/read-settings.ts';
import { reminderOptOut } from './tables.ts';

/** Whether a person gets reminders by mail; everybody does until they say otherwise. */
export async function wantsReminders(db: Queries, person: string): Promise<boolean> {
  const rows = await db.select().from(reminderOptOut).where(eq(reminderOptOut.userId, person));
  return rows.length === 0;
}

/** Whether the organisation that a person is looking at sends reminders at all. */
export async function hasReminders(db: Queries, { current }: Person): Promise<boolean> {
  return current === null || (await readSettings(db, current.organisation)).reminders;
}

/** Turns a person's reminders on or off. */
export async function setReminders(db: Queries, person: string, isOn: boolean): Promise<void> {
  await db.transaction(async (tx) => {
    if (isOn) await tx.delete(reminderOptOut).where(eq(reminderOptOut.userId, person));
    else await tx.insert(reminderOptOut).values({ userId: person }).onConflictDoNothing();
    await auditPerson(tx, person, `reminders by mail switched ${isOn ? 'on' : 'off'}`);
  });
}
