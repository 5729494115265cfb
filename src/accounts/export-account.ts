import { asc, eq, sql } from 'drizzle-orm';
import { exportSubmissions } from '#submissions/read-submission.ts';
import { exportAssigned } from '#assignments/export-assigned.ts';
import { auditPerson } from './audit-person.ts';
import { readRecordsOf } from './db/records-of.ts';
import { readAccount } from './read-account.ts';
import type { Person } from './read-person.ts';
import { account, invitation, user } from './tables.ts';
import type { Visit } from './visit.ts';

/** Everything that the server keeps of a person, without secrets, as one object for JSON. */
export async function exportAccount(visit: Visit, person: Person) {
  const { db } = visit;
  const [row] = await db.select().from(user).where(eq(user.id, person.id));
  const ways = await db
    .select({ provider: account.providerId, since: account.createdAt })
    .from(account)
    .where(eq(account.userId, person.id))
    .orderBy(asc(account.createdAt));
  const invitations = await db
    .select({ role: invitation.role, status: invitation.status, at: invitation.createdAt })
    .from(invitation)
    .where(eq(invitation.email, person.email));
  const { rows: actions } = await db.execute(
    sql`SELECT at, action, subject, details FROM audit_log WHERE actor = ${person.id} OR subject = ${`user:${person.id}`} ORDER BY id`,
  );
  const { sessions, passkeys } = await readAccount(visit, person);
  await auditPerson(db, person.id, 'data exported');
  return {
    format: 'day-two-account',
    version: 2,
    exportedAt: new Date(),
    person: row,
    signsInWith: ways,
    passkeys,
    sessions,
    memberships: person.memberships,
    invitations,
    submissions: await exportSubmissions(db, person.id),
    assignments: await exportAssigned(db, person),
    records: await readRecordsOf(db, person.id),
    auditLog: actions,
  };
}
