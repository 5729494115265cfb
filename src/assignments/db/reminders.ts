import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import type { DueReminder } from '../remind.ts';
import { reminder, reminderOptOut } from '../tables.ts';

/** One mail to one person. */
export interface ReminderKey extends DueReminder {
  readonly assignment: string;
  readonly person: string;
}

const mostAttempts = 8;

/** What was sent of these assignments, and what is being sent or was given up, as keys of `keyOf`. */
export async function listSettled(
  db: Queries,
  assignments: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select()
    .from(reminder)
    .where(
      sql`${reminder.assignmentId} = ANY(${sql.param([...assignments])}) AND (${reminder.sentAt} IS NOT NULL
        OR ${reminder.claimedUntil} > now() OR ${reminder.attempts} >= ${mostAttempts})`,
    );
  return new Set(
    rows.map((row) =>
      keyOf({ ...row, assignment: row.assignmentId, person: row.userId, about: row.dueAt }),
    ),
  );
}

/** As text, to compare. */
export function keyOf({
  assignment,
  person,
  kind,
  about,
}: Omit<ReminderKey, 'kind'> & { kind: string }): string {
  return [assignment, person, kind, about.toISOString()].join(' ');
}

/**
 * Takes a mail for ten minutes; false where another node has it, or it was sent. A node that dies
 * while sending leaves a claim that runs out.
 */
export async function claimReminder(db: Queries, key: ReminderKey): Promise<boolean> {
  const until = sql`now() + interval '10 minutes'`;
  const rows = await db
    .insert(reminder)
    .values({
      assignmentId: key.assignment,
      userId: key.person,
      kind: key.kind,
      dueAt: key.about,
      claimedUntil: until,
    })
    .onConflictDoUpdate({
      target: [reminder.assignmentId, reminder.userId, reminder.kind, reminder.dueAt],
      set: { claimedUntil: until, attempts: sql`${reminder.attempts} + 1` },
      setWhere: sql`${reminder.sentAt} IS NULL AND ${reminder.claimedUntil} <= now() AND ${reminder.attempts} < ${mostAttempts}`,
    })
    .returning({ attempts: reminder.attempts });
  return rows.length > 0;
}

/** Writes down that the mail server took it. */
export async function markSent(db: Queries, key: ReminderKey): Promise<void> {
  await db
    .update(reminder)
    .set({ sentAt: sql`now()` })
    .where(isRow(key));
}

/** Gives a mail that was refused back, to be tried again after 2, 4, 8 and so on minutes. */
export async function postpone(db: Queries, key: ReminderKey): Promise<void> {
  const pause = sql`now() + interval '1 minute' * power(2, ${reminder.attempts})`;
  await db.update(reminder).set({ claimedUntil: pause }).where(isRow(key));
}

/** Who of these people wants no mail. */
export async function listOptedOut(
  db: Queries,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ person: reminderOptOut.userId })
    .from(reminderOptOut)
    .where(sql`${reminderOptOut.userId} = ANY(${sql.param([...people])})`);
  return new Set(rows.map(({ person }) => person));
}

function isRow({ assignment, person, kind, about }: ReminderKey) {
  return and(
    eq(reminder.assignmentId, assignment),
    eq(reminder.userId, person),
    eq(reminder.kind, kind),
    eq(reminder.dueAt, about),
  );
}
