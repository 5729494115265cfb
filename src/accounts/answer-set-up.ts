import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit, type Queries } from '#platform/audit.ts';
import { hashPassword } from './auth/password.ts';
import { signInWith } from './auth/sign-in-with.ts';
import { consumeLimit } from './limits.ts';
import { newId } from './db/new-id.ts';
import { insertMember, insertPerson } from './db/users.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { emailField, groupName, newPassword, personName } from './forms/fields.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import { forgetSetUpCodes, hasUsers, isSetUpCode } from './set-up-code.ts';
import { organization } from './tables.ts';
import type { Visit } from './visit.ts';

const shape = z.object({
  code: z
    .string()
    .min(1, 'Copy the code from the server’s log.')
    .max(64, 'Copy the code from the server’s log: it is shorter.'),
  organisation: groupName,
  name: personName,
  email: emailField,
  password: newPassword,
});

type Input = z.infer<typeof shape>;

const limit = { seconds: 60, max: 20 };
/** The same on every node, and none that the database's own locks (platform/database) have. */
const lock = 6_203_198_301;

/** Makes the first organisation and its admin for whoever has the code of the log; null for a page that is only looked at. */
export async function answerSetUp(visit: Visit, request: Request): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const parsed = parseForm(form, shape);
  if ('refusal' in parsed) return parsed.refusal;
  const { allowed, retryAfter } = await consumeLimit(visit.db, 'set-up', limit);
  if (!allowed && retryAfter !== null) {
    const why = `Too many tries. Wait ${retryAfter} s and send the form again.`;
    return { ...refuse(form, 429, why), retryAfter };
  }
  const hash = await hashPassword(visit.auth, parsed.data.password);
  const refusal = await visit.db.transaction((tx) => setUp(tx, form, parsed.data, hash));
  if (refusal) return refusal;
  visit.log.info({}, 'the site is set up');
  return done('/organisation/?done=set-up', await signInWith(visit, parsed.data));
}

async function setUp(
  tx: Queries,
  form: Form,
  input: Input,
  hash: string,
): Promise<FormAnswer | null> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${lock})`);
  if (await hasUsers(tx))
    return refuse(form, 409, 'This site is set up already. Ask its admin for an invitation.');
  if (!(await isSetUpCode(tx, input.code))) {
    return refuse(form, 422, {
      code: 'This is not the code. The server prints it to its log when it starts; restart it for a new one.',
    });
  }
  const organisation = newId();
  await tx
    .insert(organization)
    .values({ id: organisation, name: input.organisation, slug: organisation });
  const id = await insertPerson(tx, { ...input, emailVerified: true, hash });
  await insertMember(tx, { userId: id, organisation, role: 'admin' });
  await forgetSetUpCodes(tx);
  await writeAudit(
    tx,
    {
      actor: id,
      action: 'site set up',
      subject: `organisation:${organisation}`,
      details: { organisation },
    },
    {
      actor: id,
      action: 'role granted',
      subject: `user:${id}`,
      details: { organisation, role: 'admin' },
    },
  );
  return null;
}
