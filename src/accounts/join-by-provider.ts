import { asc } from 'drizzle-orm';
import { writeAudit } from '#platform/audit.ts';
import { acceptPending } from './db/invitations.ts';
import { insertMember } from './db/users.ts';
import type { Person } from './read-person.ts';
import { organization } from './tables.ts';
import type { Visit } from './visit.ts';

/**
 * Takes in a person whom the provider let in: every open invitation of their confirmed address is
 * accepted; whoever belongs nowhere after that becomes a learner of the first organisation.
 */
export async function joinByProvider({ db }: Visit, person: Person): Promise<void> {
  await db.transaction(async (tx) => {
    const accepted = person.emailVerified ? await acceptPending(tx, person) : 0;
    if (accepted > 0 || person.memberships.length > 0) return;
    const [first] = await tx
      .select()
      .from(organization)
      .orderBy(asc(organization.createdAt))
      .limit(1);
    if (!first) return;
    const role = 'learner';
    if (!(await insertMember(tx, { userId: person.id, organisation: first.id, role }))) return;
    const details = { organisation: first.id, role };
    await writeAudit(tx, {
      actor: 'sign-in provider',
      action: 'role granted',
      subject: `user:${person.id}`,
      details,
    });
  });
}
