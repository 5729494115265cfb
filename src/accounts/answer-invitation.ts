import { timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { hashPassword } from './auth/password.ts';
import { signInWith } from './auth/sign-in-with.ts';
import { acceptInvitation, findInvitation } from './db/invitations.ts';
import { findUserByEmail, insertPerson } from './db/users.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { newPassword, personName } from './forms/fields.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import { mailProof } from './organisation/send-invitations.ts';
import { readPerson, type Person } from './read-person.ts';
import { user } from './tables.ts';
import type { Visit } from './visit.ts';

type Invitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;

/** What somebody with an invitation's link can do with it. */
export type InvitationState =
  | { readonly state: 'unknown' | 'accepted' | 'withdrawn' | 'expired' }
  | {
      /** `mine`: to accept; `other`: somebody else is signed in; `account`: sign in first; `new`: make an account. */
      readonly state: 'mine' | 'other' | 'account' | 'new';
      readonly invitation: Invitation;
      readonly person: Person | null;
    };

/** Looks at an invitation. */
export async function readInvitation(visit: Visit, id: string): Promise<InvitationState> {
  const invitation = await findInvitation(visit.db, id);
  if (!invitation) return { state: 'unknown' };
  if (invitation.status === 'accepted') return { state: 'accepted' };
  if (invitation.status !== 'pending') return { state: 'withdrawn' };
  if (invitation.expiresAt <= new Date()) return { state: 'expired' };
  const person = await readPerson(visit);
  if (person)
    return { state: person.email === invitation.email ? 'mine' : 'other', invitation, person };
  const known = await findUserByEmail(visit.db, invitation.email);
  return { state: known ? 'account' : 'new', invitation, person };
}

/** Accepts an invitation, with a new account where there is none; null for a page that is only looked at. */
export async function answerInvitation(
  visit: Visit,
  id: string,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const found = await readInvitation(visit, id);
  if (!('invitation' in found)) return refuse(form, 410, '');
  const { state, invitation, person } = found;
  if (state === 'mine' && person) return join(visit, form, invitation, person.id);
  if (state === 'new') return register(visit, form, invitation);
  return refuse(form, 403, 'Sign in with the address of the invitation first.');
}

async function join(
  visit: Visit,
  form: Form,
  invitation: Invitation,
  userId: string,
): Promise<FormAnswer> {
  const { db } = visit;
  const isDone = await db.transaction(async (tx) => {
    if (!(await acceptInvitation(tx, invitation.id, userId))) return false;
    if (isProven(visit, form, invitation))
      await tx.update(user).set({ emailVerified: true }).where(eq(user.id, userId));
    return true;
  });
  return isDone ? done('/organisation/?done=joined') : refuse(form, 410, '');
}

async function register(visit: Visit, form: Form, invitation: Invitation): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ name: personName, password: newPassword }));
  if ('refusal' in parsed) return parsed.refusal;
  const { name, password } = parsed.data;
  const { id, email } = invitation;
  const hash = await hashPassword(visit.auth, password);
  const emailVerified = isProven(visit, form, invitation);
  const isDone = await visit.db.transaction(async (tx) => {
    if (await findUserByEmail(tx, email)) return false;
    const userId = await insertPerson(tx, { name, email, emailVerified, hash });
    if (await acceptInvitation(tx, id, userId)) return true;
    return tx.rollback();
  });
  if (!isDone) return refuse(form, 410, '');
  return done('/organisation/?done=joined', await signInWith(visit, { email, password }));
}

/** Whoever has the link of the mail has read the mailbox; a link that a manager passed on proves nothing. */
function isProven({ sign }: Visit, form: Form, { id, email }: Invitation): boolean {
  const given = Buffer.from(form.fields['mail'] ?? '');
  const right = Buffer.from(mailProof(sign, id, email));
  return given.length === right.length && timingSafeEqual(given, right);
}
