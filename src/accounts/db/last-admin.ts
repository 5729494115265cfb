import { eq } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { member, organization } from '../tables.ts';

/**
 * Whether a person is the only admin of an organisation, and how many other members it has. The
 * organisation is locked until the transaction ends, so that two admins cannot leave at once.
 */
export async function lockLastAdmin(
  tx: Queries,
  organisation: string,
  userId: string,
): Promise<{ isLastAdmin: boolean; others: number }> {
  await tx.select().from(organization).where(eq(organization.id, organisation)).for('update');
  const members = await tx.select().from(member).where(eq(member.organizationId, organisation));
  const admins = members.filter(({ role }) => role === 'admin');
  const isLastAdmin = admins.length === 1 && admins[0]?.userId === userId;
  return { isLastAdmin, others: members.filter((row) => row.userId !== userId).length };
}
