import { reasonOf } from '#platform/failure.ts';
import { findUserByEmail } from '../db/users.ts';
import type { Visit } from '../visit.ts';

/** Mails a link that signs in and goes on to a path, where somebody has an account under the address. False: the mail server refused. */
export async function sendSignInLink(visit: Visit, email: string, next: string): Promise<boolean> {
  if (!(await findUserByEmail(visit.db, email))) return true;
  try {
    await visit.auth.api.signInMagicLink({
      body: { email, metadata: { origin: visit.origin, next } },
      headers: visit.headers,
    });
    return true;
  } catch (error) {
    visit.log.error({ reason: reasonOf(error) }, 'a sign-in link was not sent');
    return false;
  }
}
