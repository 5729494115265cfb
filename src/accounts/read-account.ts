import { desc, eq, and, gt } from 'drizzle-orm';
import { needsPassword } from './account/confirm-self.ts';
import { findPasswordHash } from './db/users.ts';
import type { Person } from './read-person.ts';
import { account, passkey, session } from './tables.ts';
import type { Visit } from './visit.ts';

/** What a person sees and changes of their account. */
export async function readAccount(visit: Visit, person: Person) {
  const { db } = visit;
  const sessions = await db
    .select({
      id: session.id,
      method: session.method,
      userAgent: session.userAgent,
      ipAddress: session.ipAddress,
      createdAt: session.createdAt,
      updatedAt: session.updatedAt,
    })
    .from(session)
    .where(and(eq(session.userId, person.id), gt(session.expiresAt, new Date())))
    .orderBy(desc(session.updatedAt));
  const passkeys = await db
    .select({ id: passkey.id, name: passkey.name, createdAt: passkey.createdAt })
    .from(passkey)
    .where(eq(passkey.userId, person.id))
    .orderBy(passkey.createdAt);
  const ways = await db
    .select({ provider: account.providerId })
    .from(account)
    .where(eq(account.userId, person.id));
  const hash = await findPasswordHash(db, person.id);
  return {
    sessions: sessions.map((row) => ({ ...row, isThis: row.id === person.session.id })),
    passkeys,
    hasPassword: hash !== null,
    hasProvider: ways.some(({ provider }) => provider !== 'credential'),
    needsPassword: hash !== null && needsPassword(person),
  };
}
