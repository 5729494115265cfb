import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { reasonOf } from '#platform/failure.ts';
import { hashToken } from '../auth/hash-token.ts';
import { consumeLimit } from '../limits.ts';
import { newId } from '../db/new-id.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { emailField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import { changeMail as mailText } from '../mail/texts.ts';
import type { Person } from '../read-person.ts';
import { verification } from '../tables.ts';
import type { Visit } from '../visit.ts';
import { confirmSelf } from './confirm-self.ts';

const lifeMs = 15 * 60 * 1000;
const limit = { seconds: 900, max: 5 };

/** Sends a link to an address; opened by the same person it becomes the account's address, confirmed. */
export async function changeMail(visit: Visit, person: Person, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ email: emailField }));
  if ('refusal' in parsed) return parsed.refusal;
  const { email } = parsed.data;
  const refusal = email === person.email ? null : await confirmSelf(visit, person, form);
  if (refusal) return refusal;
  const { allowed, retryAfter } = await consumeLimit(visit.db, `mail:${person.id}`, limit);
  if (!allowed && retryAfter !== null)
    return {
      ...refuse(form, 429, `Too many links. Wait ${Math.ceil(retryAfter / 60)} min.`),
      retryAfter,
    };
  const token = randomBytes(24).toString('base64url');
  const value = JSON.stringify({ user: person.id, email });
  const expiresAt = new Date(Date.now() + lifeMs);
  const identifier = `mail-${await hashToken(token)}`;
  await visit.db.insert(verification).values({ id: newId(), identifier, value, expiresAt });
  try {
    await visit.sendMail(mailText(email, `${visit.origin}/account/confirm/?token=${token}`));
  } catch (error) {
    visit.log.error({ reason: reasonOf(error) }, 'a link to confirm an address was not sent');
    return refuse(form, 502, 'The mail server did not take the mail. Try again later.');
  }
  return done('/account/?done=mail-sent');
}
