import { eq } from 'drizzle-orm';
import { auditPerson } from './audit-person.ts';
import { statusOf } from './auth/status-of.ts';
import { hashToken } from './auth/hash-token.ts';
import { newId } from './db/new-id.ts';
import { findUserByEmail } from './db/users.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { readForm } from '#forms/read-form.ts';
import { nextPath } from './next-path.ts';
import { readPerson } from './read-person.ts';
import { user, verification } from './tables.ts';
import type { Visit } from './visit.ts';

/** What a link that came by mail still does. */
export type LinkState =
  | { readonly state: 'open'; readonly email: string; readonly isConfirmed: boolean }
  | { readonly state: 'used' | 'expired' | 'unknown' };

const rememberMs = 7 * 24 * 60 * 60 * 1000;

/** Looks at a link without using it up: programs that read mails open every link in them. */
export async function readSignInLink({ db }: Visit, token: string): Promise<LinkState> {
  const identifier = await hashToken(token);
  const [row] = await db.select().from(verification).where(eq(verification.identifier, identifier));
  if (!row) {
    const [used] = await db
      .select()
      .from(verification)
      .where(eq(verification.identifier, `used-${identifier}`));
    return { state: used ? 'used' : 'unknown' };
  }
  if (row.expiresAt <= new Date()) return { state: 'expired' };
  const { email } = JSON.parse(row.value) as { email: string };
  const found = await findUserByEmail(db, email);
  return found ? { state: 'open', email, isConfirmed: found.emailVerified } : { state: 'unknown' };
}

/** Uses a link up and signs in; null for a page that is only looked at. */
export async function answerSignInLink(visit: Visit, request: Request): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const token = form.fields['token'] ?? '';
  const link = await readSignInLink(visit, token);
  if (link.state !== 'open') return refuse(form, 410, '');
  const person = await readPerson(visit);
  await remember(visit, token);
  if (person?.email === link.email) return confirm(visit, person.id, token);
  try {
    const answer = await visit.auth.api.magicLinkVerify({
      query: { token },
      headers: visit.headers,
      returnHeaders: true,
    });
    // Confirming an address shuts out whoever set the account up before: better-auth drops its password.
    const to = link.isConfirmed
      ? nextPath(form.fields['next'])
      : '/account/?done=mail-confirmed#password';
    return done(to, answer.headers.getSetCookie());
  } catch (error) {
    // Two clicks at once: the other one had it.
    if (statusOf(error) === null) throw error;
    return refuse(form, 410, '');
  }
}

/** Both the session and the mailbox are this person's, so nothing of the account is in doubt. */
async function confirm({ db }: Visit, userId: string, token: string): Promise<FormAnswer> {
  const identifier = await hashToken(token);
  await db.transaction(async (tx) => {
    await tx
      .update(user)
      .set({ emailVerified: true, updatedAt: new Date() })
      .where(eq(user.id, userId));
    await tx.delete(verification).where(eq(verification.identifier, identifier));
    await auditPerson(tx, userId, 'address confirmed');
  });
  return done('/account/?done=mail-confirmed');
}

/** So that a second click is told that the link was used, not that it is wrong. */
async function remember({ db }: Visit, token: string): Promise<void> {
  const identifier = `used-${await hashToken(token)}`;
  const expiresAt = new Date(Date.now() + rememberMs);
  await db.delete(verification).where(eq(verification.identifier, identifier));
  await db.insert(verification).values({ id: newId(), identifier, value: '', expiresAt });
}
