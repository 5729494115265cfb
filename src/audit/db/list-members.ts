import { asc, eq } from 'drizzle-orm';
import { member, user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';

/** The people of an organisation by name. */
export async function listMembers(db: Queries, organisation: string) {
  return db
    .select({ id: user.id, name: user.name, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, organisation))
    .orderBy(asc(user.name), asc(user.email));
}
