import type { Visit } from '../visit.ts';
import { statusOf } from './status-of.ts';

/** Begins a session; gives its Set-Cookie headers. Throws where the password is wrong. */
export async function signInWith(
  { auth, headers }: Visit,
  { email, password }: { email: string; password: string },
): Promise<readonly string[]> {
  const answer = await auth.api.signInEmail({
    body: { email, password },
    headers,
    returnHeaders: true,
  });
  return answer.headers.getSetCookie();
}

/** As `signInWith`, but null where the address or the password is wrong. */
export async function trySignIn(
  visit: Visit,
  input: { email: string; password: string },
): Promise<readonly string[] | null> {
  try {
    return await signInWith(visit, input);
  } catch (error) {
    if (statusOf(error) === 401) return null;
    throw error;
  }
}
