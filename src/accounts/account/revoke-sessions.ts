import { and, eq, ne, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { auditPerson } from '../audit-person.ts';
import { done, type Form, type FormAnswer } from '#forms/answer.ts';
import { idField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import type { Person } from '../read-person.ts';
import { session } from '../tables.ts';
import type { Visit } from '../visit.ts';

/** Signs one of the person's browsers out. */
export async function revokeSession(visit: Visit, person: Person, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ session: idField }));
  if ('refusal' in parsed) return parsed.refusal;
  await revoke(visit, person, eq(session.id, parsed.data.session));
  return done('/account/?done=revoked#sessions');
}

/** Signs all of the person's browsers out but this one. */
export async function revokeOthers(visit: Visit, person: Person): Promise<FormAnswer> {
  await revoke(visit, person, ne(session.id, person.session.id));
  return done('/account/?done=all-revoked#sessions');
}

async function revoke({ db }: Visit, { id }: Person, which: SQL): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx
      .delete(session)
      .where(and(eq(session.userId, id), which))
      .returning();
    if (rows.length > 0) await auditPerson(tx, id, 'other browsers signed out');
  });
}
