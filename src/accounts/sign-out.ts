import { done, type Done } from '#forms/answer.ts';
import type { Visit } from './visit.ts';

/** Ends this browser's session. */
export async function signOut({ auth, headers }: Visit): Promise<Done> {
  const answer = await auth.api.signOut({ headers, returnHeaders: true });
  return done('/sign-in/?done=signed-out', answer.headers.getSetCookie());
}
