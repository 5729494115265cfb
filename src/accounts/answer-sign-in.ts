import { z } from 'zod';
import { trySignIn } from './auth/sign-in-with.ts';
import { clearLimit, consumeLimit, type Limit } from './db/limits.ts';
import { done, refuse, type Form, type FormAnswer, type Refusal } from '#forms/answer.ts';
import { emailField } from './forms/fields.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import { nextPath } from './next-path.ts';
import { sendSignInLink } from './auth/send-sign-in-link.ts';
import type { Visit } from './visit.ts';

const passwordShape = z.object({
  email: emailField,
  password: z
    .string()
    .min(1, 'Write your password.')
    .max(256, 'A password has at most 256 characters.'),
});
const linkShape = z.object({ email: emailField });

/** Tries of one account from one address, of one account from anywhere, and of all accounts from one address: a classroom has one. */
const limits = {
  here: { seconds: 300, max: 10 },
  account: { seconds: 900, max: 100 },
  address: { seconds: 60, max: 600 },
  links: { seconds: 900, max: 5 },
} satisfies Record<string, Limit>;

/** Signs in with a password or sends a link; null for a page that is only looked at. */
export async function answerSignIn(visit: Visit, request: Request): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  if (form.name === 'link') return answerLink(visit, form);
  return answerPassword(visit, form);
}

async function answerPassword(visit: Visit, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, passwordShape);
  if ('refusal' in parsed) return parsed.refusal;
  const { email } = parsed.data;
  const here = `sign-in:${email}:${visit.address}`;
  const account = `sign-in:${email}`;
  const refusal =
    (await limit(visit, form, `sign-in-from:${visit.address}`, limits.address)) ??
    (await limit(visit, form, account, limits.account)) ??
    (await limit(visit, form, here, limits.here));
  if (refusal) return refusal;
  const cookies = await trySignIn(visit, parsed.data);
  if (!cookies) {
    return refuse(form, 422, {
      password:
        'The address and the password do not fit together. A link by mail works without a password.',
    });
  }
  await clearLimit(visit.db, here);
  await clearLimit(visit.db, account);
  return done(nextPath(form.fields['next']), cookies);
}

/** Says the same whether or not somebody has an account. */
async function answerLink(visit: Visit, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, linkShape);
  if ('refusal' in parsed) return parsed.refusal;
  const { email } = parsed.data;
  const refusal =
    (await limit(visit, form, `link-from:${visit.address}`, limits.address)) ??
    (await limit(visit, form, `link:${email}`, limits.links));
  if (refusal) return refusal;
  const isSent = await sendSignInLink(visit, email, nextPath(form.fields['next']));
  if (!isSent)
    return refuse(
      form,
      502,
      'The mail server did not take the mail. Try again later, or sign in with a password.',
    );
  return done(`/sign-in/?sent=${encodeURIComponent(email)}`);
}

async function limit(visit: Visit, form: Form, key: string, rule: Limit): Promise<Refusal | null> {
  const { allowed, retryAfter } = await consumeLimit(visit.db, key, rule);
  if (allowed || retryAfter === null) return null;
  const wait = retryAfter < 90 ? `${retryAfter} s` : `${Math.ceil(retryAfter / 60)} min`;
  return { ...refuse(form, 429, `Too many tries. Wait ${wait} and try again.`), retryAfter };
}
