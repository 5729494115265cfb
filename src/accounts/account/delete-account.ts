import { eq, notExists, sql } from 'drizzle-orm';
import { writeAudit, type Queries } from '#platform/audit.ts';
import { auditPerson } from '../audit-person.ts';
import { lockLastAdmin } from '../db/last-admin.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { clearLimitsOf } from '../limits.ts';
import type { Person } from '../read-person.ts';
import { signOut } from '../sign-out.ts';
import { invitation, member, organization, user } from '../tables.ts';
import type { Visit } from '../visit.ts';
import { confirmSelf } from './confirm-self.ts';

/** Deletes the person and everything that belongs to them; the audit log keeps ids. */
export async function deleteAccount(visit: Visit, person: Person, form: Form): Promise<FormAnswer> {
  const typed = (form.fields['email'] ?? '').trim().toLowerCase();
  if (typed !== person.email)
    return refuse(form, 422, {
      email: `Write ${person.email} to confirm that it is this account.`,
    });
  const refusal = await confirmSelf(visit, person, form);
  if (refusal) return refusal;
  const blocking = await visit.db.transaction((tx) => remove(tx, person));
  if (blocking) {
    return refuse(
      form,
      409,
      `You are the only admin of ${blocking}. Make somebody else an admin first, or remove the other people.`,
    );
  }
  const { cookies } = await signOut(visit);
  return done('/sign-in/?done=deleted', [...cookies, deletedCookie(person.id)]);
}

/** Tells the script of this browser whose progress it has to remove; it may read it and takes it away again. */
function deletedCookie(id: string): string {
  return `day2-deleted=${encodeURIComponent(id)}; Path=/; Max-Age=86400; SameSite=Lax`;
}

/** The name of an organisation that would be left without an admin, or null after the deletion. */
async function remove(tx: Queries, { id, email, memberships }: Person): Promise<string | null> {
  for (const { organisation, organisationName } of memberships) {
    const { isLastAdmin, others } = await lockLastAdmin(tx, organisation, id);
    if (isLastAdmin && others > 0) return organisationName;
  }
  await auditPerson(tx, id, 'account deleted');
  await tx.delete(invitation).where(eq(invitation.email, email));
  await clearLimitsOf(tx, { id, email });
  await tx.delete(user).where(eq(user.id, id));
  const members = tx
    .select({ one: sql`1` })
    .from(member)
    .where(eq(member.organizationId, organization.id));
  const ended = await tx.delete(organization).where(notExists(members)).returning();
  const entries = ended.map(({ id: organisation }) => ({
    actor: id,
    action: 'organisation deleted',
    subject: `organisation:${organisation}`,
    details: { organisation },
  }));
  await writeAudit(tx, ...entries);
  return null;
}
