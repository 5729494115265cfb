import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { auditPerson } from '../audit-person.ts';
import { hashPassword } from '../auth/password.ts';
import { newId } from '../db/new-id.ts';
import { done, type Form, type FormAnswer } from '#forms/answer.ts';
import { newPassword } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import type { Person } from '../read-person.ts';
import { account, session } from '../tables.ts';
import type { Visit } from '../visit.ts';
import { confirmSelf } from './confirm-self.ts';

/** Sets a password and signs every other browser out. */
export async function changePassword(
  visit: Visit,
  person: Person,
  form: Form,
): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ password: newPassword }));
  if ('refusal' in parsed) return parsed.refusal;
  const refusal = await confirmSelf(visit, person, form);
  if (refusal) return refusal;
  const password = await hashPassword(visit.auth, parsed.data.password);
  const { id } = person;
  await visit.db.transaction(async (tx) => {
    const changed = await tx
      .update(account)
      .set({ password, updatedAt: new Date() })
      .where(and(eq(account.userId, id), eq(account.providerId, 'credential')))
      .returning();
    if (changed.length === 0)
      await tx
        .insert(account)
        .values({ id: newId(), accountId: id, providerId: 'credential', userId: id, password });
    await tx.delete(session).where(and(eq(session.userId, id), ne(session.id, person.session.id)));
    await auditPerson(tx, id, 'password changed');
  });
  return done('/account/?done=password');
}
