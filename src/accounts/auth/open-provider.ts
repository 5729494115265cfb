import type { Provider } from '../visit.ts';
import { createAuth, oidcProvider, type Auth, type AuthParts } from './create-auth.ts';

/**
 * The configured provider, or null. It is asked when somebody first signs in with it, and again as
 * long as it did not answer, so that a site whose provider is down starts and serves all the same.
 */
export function openProvider(parts: AuthParts): Provider | null {
  const { oidc } = parts;
  if (!oidc) return null;
  let known: Auth | null = null;
  return {
    name: oidc.name,
    open: async () => {
      if (known) return known;
      const auth = createAuth(parts);
      const { socialProviders } = await auth.$context;
      if (socialProviders.some(({ id }) => id === oidcProvider)) known = auth;
      return known;
    },
  };
}
