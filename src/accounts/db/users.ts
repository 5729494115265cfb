import { and, eq } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { account, member, teamMember, user } from '../tables.ts';
import type { Role } from '../roles.ts';
import { newId } from './new-id.ts';

/** Adds a person with a password; `hash` is scrypt's. Gives the id. */
export async function insertPerson(
  db: Queries,
  {
    name,
    email,
    emailVerified,
    hash,
  }: { name: string; email: string; emailVerified: boolean; hash: string },
): Promise<string> {
  const id = newId();
  await db.insert(user).values({ id, name, email, emailVerified });
  await db
    .insert(account)
    .values({ id: newId(), accountId: id, providerId: 'credential', userId: id, password: hash });
  return id;
}

export async function findUserByEmail(db: Queries, email: string) {
  const [row] = await db.select().from(user).where(eq(user.email, email));
  return row ?? null;
}

/** The hash of a person's password; null for one who signs in otherwise. */
export async function findPasswordHash(db: Queries, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ password: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')));
  return row?.password ?? null;
}

/** Makes somebody a member, once. Gives whether they were not one before. */
export async function insertMember(
  db: Queries,
  { userId, organisation, role }: { userId: string; organisation: string; role: Role },
): Promise<boolean> {
  const rows = await db
    .insert(member)
    .values({ id: newId(), organizationId: organisation, userId, role })
    .onConflictDoNothing()
    .returning();
  return rows.length > 0;
}

/** Puts a member into a team, once. */
export async function insertTeamMember(db: Queries, teamId: string, userId: string): Promise<void> {
  await db
    .insert(teamMember)
    .values({ id: newId(), teamId, userId, membershipKey: `${teamId}:${userId}` })
    .onConflictDoNothing();
}
