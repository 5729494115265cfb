import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { done, type Form, type FormAnswer } from '#forms/answer.ts';
import { idField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import type { Person } from '../read-person.ts';
import { session } from '../tables.ts';
import type { Visit } from '../visit.ts';

/** Signs one of the person's browsers out. */
export async function revokeSession(
  { db }: Visit,
  person: Person,
  form: Form,
): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ session: idField }));
  if ('refusal' in parsed) return parsed.refusal;
  await db
    .delete(session)
    .where(and(eq(session.id, parsed.data.session), eq(session.userId, person.id)));
  return done('/account/?done=revoked#sessions');
}

/** Signs all of the person's browsers out but this one. */
export async function revokeOthers({ db }: Visit, person: Person): Promise<FormAnswer> {
  await db
    .delete(session)
    .where(and(eq(session.userId, person.id), ne(session.id, person.session.id)));
  return done('/account/?done=all-revoked#sessions');
}
