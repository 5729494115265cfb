import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { auditPerson } from '../audit-person.ts';
import { done, type Form, type FormAnswer } from '#forms/answer.ts';
import { personName } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import type { Person } from '../read-person.ts';
import { user } from '../tables.ts';
import type { Visit } from '../visit.ts';

export async function changeName({ db }: Visit, person: Person, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ name: personName }));
  if ('refusal' in parsed) return parsed.refusal;
  const { name } = parsed.data;
  await db.transaction(async (tx) => {
    await tx.update(user).set({ name, updatedAt: new Date() }).where(eq(user.id, person.id));
    await auditPerson(tx, person.id, 'name changed');
  });
  return done('/account/?done=named');
}
