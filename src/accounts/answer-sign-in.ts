import { z } from 'zod';
import { trySignIn } from './auth/sign-in-with.ts';
import { countLink, countSignIn, forgetSignIns } from './db/sign-in-tries.ts';
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
  const { db, address } = visit;
  const { email } = parsed.data;
  const wait = await countSignIn(db, email, address);
  if (wait !== null) return askToWait(form, wait);
  const cookies = await trySignIn(visit, parsed.data);
  if (!cookies) {
    return refuse(form, 422, {
      password:
        'The address and the password do not fit together. A link by mail works without a password.',
    });
  }
  await forgetSignIns(db, email, address);
  return done(nextPath(form.fields['next']), cookies);
}

/** Says the same whether or not somebody has an account. */
async function answerLink(visit: Visit, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, linkShape);
  if ('refusal' in parsed) return parsed.refusal;
  const { email } = parsed.data;
  const wait = await countLink(visit.db, email, visit.address);
  if (wait !== null) return askToWait(form, wait);
  const isSent = await sendSignInLink(visit, email, nextPath(form.fields['next']));
  if (!isSent)
    return refuse(
      form,
      502,
      'The mail server did not take the mail. Try again later, or sign in with a password.',
    );
  return done(`/sign-in/?sent=${encodeURIComponent(email)}`);
}

function askToWait(form: Form, seconds: number): Refusal {
  const wait = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  const why = `Too many tries. Wait ${wait} and try again.`;
  return { ...refuse(form, 429, why), retryAfter: seconds };
}
