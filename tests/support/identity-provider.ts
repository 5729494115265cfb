import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';

/** A certified OpenID Connect provider on this machine. Who signs in there is whatever address is typed. */
export interface IdentityProvider {
  /** For the environment of a server that is reached at `site`. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it calls the mailbox of whoever signs in confirmed. */
  isConfirming: boolean;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** One that sends people back to `site`; nothing answers on its port until it is started. */
export function prepareIdentityProvider(site: string, port: number): IdentityProvider {
  const server = createServer();
  const issuer = `http://127.0.0.1:${port}`;
  const client = { id: 'day-two', secret: 'a secret of this test only' };
  const opened = {
    isConfirming: true,
    env: {
      DAY2_URL: site,
      DAY2_OIDC_ISSUER: issuer,
      DAY2_OIDC_CLIENT_ID: client.id,
      DAY2_OIDC_CLIENT_SECRET: client.secret,
      DAY2_OIDC_NAME: 'Northwind ID',
    },
    async start() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: () => close(server),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${site}/api/auth/callback/oidc`],
      },
    ],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of this test only'] },
    findAccount: (_context, email) => ({
      accountId: email,
      claims: () => ({
        sub: email,
        email,
        email_verified: opened.isConfirming,
        name: `${email.split('@')[0]} of the provider`,
      }),
    }),
  });
  server.on('request', provider.callback());
  return opened;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
