import { oidcProvider } from './auth/create-auth.ts';
import { done, type Done } from '#forms/answer.ts';
import { nextPath } from './next-path.ts';
import type { Visit } from './visit.ts';

/**
 * Sends the browser to the provider, which sends it back to `/sign-in/provider/`. Reached by a link:
 * the page policy allows forms to this site only, redirects included.
 */
export async function startProvider(visit: Visit, next: string | null): Promise<Done> {
  const auth = await visit.provider?.open();
  if (!auth) return done('/sign-in/?error=provider');
  const path = encodeURIComponent(nextPath(next));
  const { headers, response } = await auth.api.signInSocial({
    body: {
      provider: oidcProvider,
      callbackURL: `/sign-in/provider/?next=${path}`,
      errorCallbackURL: '/sign-in/',
      disableRedirect: true,
    },
    headers: visit.headers,
    returnHeaders: true,
  });
  if (!response.url) return done('/sign-in/?error=provider');
  return done(response.url, headers.getSetCookie());
}
