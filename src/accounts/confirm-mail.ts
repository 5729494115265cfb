import { and, eq, gt, ne } from 'drizzle-orm';
import { auditPerson } from './audit-person.ts';
import { hashToken } from './auth/hash-token.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { readForm } from '#forms/read-form.ts';
import type { Person } from './read-person.ts';
import { user, verification } from './tables.ts';
import type { Visit } from './visit.ts';

/** The address that a link would confirm for this person; null where the link is used, too old or somebody else's. */
export async function readMailLink(
  { db }: Visit,
  person: Person,
  token: string,
): Promise<string | null> {
  const [row] = await db
    .select()
    .from(verification)
    .where(
      and(
        eq(verification.identifier, `mail-${await hashToken(token)}`),
        gt(verification.expiresAt, new Date()),
      ),
    );
  if (!row) return null;
  const wanted = JSON.parse(row.value) as { user: string; email: string };
  return wanted.user === person.id ? wanted.email : null;
}

/** Makes the address of a link the person's; null for a page that is only looked at. */
export async function answerMailLink(
  visit: Visit,
  person: Person,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const token = form.fields['token'] ?? '';
  const email = await readMailLink(visit, person, token);
  if (!email) return refuse(form, 410, '');
  const isTaken = await visit.db.transaction(async (tx) => {
    const others = await tx
      .select({ id: user.id })
      .from(user)
      .where(and(eq(user.email, email), ne(user.id, person.id)));
    if (others.length > 0) return true;
    await tx
      .update(user)
      .set({ email, emailVerified: true, updatedAt: new Date() })
      .where(eq(user.id, person.id));
    await tx
      .delete(verification)
      .where(eq(verification.identifier, `mail-${await hashToken(token)}`));
    const action = email === person.email ? 'address confirmed' : 'address changed';
    await auditPerson(tx, person.id, action);
    return false;
  });
  if (isTaken)
    return refuse(
      form,
      409,
      'Another account has this address. Sign in to that one, or ask an admin.',
    );
  return done(`/account/?done=${email === person.email ? 'mail-confirmed' : 'mail-changed'}`);
}
