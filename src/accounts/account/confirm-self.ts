import { isPassword } from '../auth/password.ts';
import { consumeLimit } from '../limits.ts';
import { findPasswordHash } from '../db/users.ts';
import { refuse, type Form, type Refusal } from '#forms/answer.ts';
import type { Person } from '../read-person.ts';
import type { Visit } from '../visit.ts';

const freshMs = 15 * 60 * 1000;
const limit = { seconds: 300, max: 10 };

/** Whoever has just come through their mailbox, a passkey or the provider need not know a password. */
export function needsPassword({ session }: Person): boolean {
  const age = Date.now() - session.createdAt.getTime();
  return session.method === 'password' || session.method === null || age > freshMs;
}

/** Null where the person at the keyboard is the account's, as far as the password in `current` shows it. */
export async function confirmSelf(
  visit: Visit,
  person: Person,
  form: Form,
): Promise<Refusal | null> {
  const hash = await findPasswordHash(visit.db, person.id);
  if (hash === null || !needsPassword(person)) return null;
  const { allowed, retryAfter } = await consumeLimit(visit.db, `confirm:${person.id}`, limit);
  if (!allowed && retryAfter !== null)
    return {
      ...refuse(form, 429, `Too many tries. Wait ${retryAfter} s and try again.`),
      retryAfter,
    };
  const current = form.fields['current'] ?? '';
  if (await isPassword(visit.auth, hash, current)) return null;
  return refuse(form, 422, {
    current:
      'This is not your password. Forgotten: sign out, sign in with a link by mail, and set a new one within 15 minutes.',
  });
}
