import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { auditPerson } from '../audit-person.ts';
import { done, type Form, type FormAnswer } from '#forms/answer.ts';
import { idField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import type { Person } from '../read-person.ts';
import { passkey } from '../tables.ts';
import type { Visit } from '../visit.ts';

export async function removePasskey(
  { db }: Visit,
  person: Person,
  form: Form,
): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ passkey: idField }));
  if ('refusal' in parsed) return parsed.refusal;
  await db.transaction(async (tx) => {
    const rows = await tx
      .delete(passkey)
      .where(and(eq(passkey.id, parsed.data.passkey), eq(passkey.userId, person.id)))
      .returning();
    if (rows.length > 0) await auditPerson(tx, person.id, 'passkey removed');
  });
  return done('/account/?done=passkey-removed#passkeys');
}
