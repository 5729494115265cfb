import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from 'better-auth/node';
import type { Database } from '#platform/database.ts';
import { reasonOf } from '#platform/failure.ts';
import type { Log } from '#platform/log.ts';
import {
  addressHeader,
  createAuth,
  oidcProvider,
  type Auth,
  type AuthParts,
} from './auth/create-auth.ts';
import { readWay, type Way } from './auth/forwarded.ts';
import { isCrossOrigin } from './auth/is-cross-origin.ts';
import { openProvider } from './auth/open-provider.ts';
import { readSecret } from './auth/read-secret.ts';
import { createSendMail } from './mail/send-mail.ts';
import { linkMail } from './mail/texts.ts';
import { announceSetUp } from './set-up-code.ts';
import type { AccountEnv } from './settings.ts';
import type { Visit } from './visit.ts';

/** The part of the server that knows people. */
export interface Accounts {
  /** Whether the request came from a page of another origin and was answered with 403. */
  refuse(request: IncomingMessage, response: ServerResponse): boolean;
  /** Whether the path is one of better-auth's that are open to browsers, and was answered. */
  answer(request: IncomingMessage, response: ServerResponse, visit: Visit | null): boolean;
  /** Builds what depends on the database before a request needs it; prints the code of the set-up. */
  prepare(database: Database): void;
  /** What a page is told of this request; null until the database is open. */
  visit(request: IncomingMessage, database: Database | null): Visit | null;
  readonly sendMail: Visit['sendMail'];
}

/** All other endpoints of better-auth stay closed: pages call them, with limits and an audit row of ours. */
const openPaths: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/api/auth/passkey/generate-register-options': 'GET',
  '/api/auth/passkey/verify-registration': 'POST',
  '/api/auth/passkey/generate-authenticate-options': 'GET',
  '/api/auth/passkey/verify-authentication': 'POST',
  [`/api/auth/callback/${oidcProvider}`]: 'GET',
};

/** Opens accounts for a server. The first request with a database builds what depends on it. */
export async function openAccounts(
  env: AccountEnv & { readonly DAY2_DATA: string },
  log: Log,
): Promise<Accounts> {
  const { value: secret } = await readSecret(env);
  const sendMail = createSendMail({ smtpUrl: env.DAY2_SMTP_URL, from: env.DAY2_MAIL_FROM }, log);
  const url = env.DAY2_URL ? new URL(env.DAY2_URL).origin : null;
  const site = { env, log, secret, sendMail, url };
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  let opened: { database: Database; parts: SiteParts } | null = null;
  const partsOf = (database: Database): SiteParts => {
    if (opened?.database !== database) {
      opened = { database, parts: openParts(database, site) };
      announceSetUp({ db: database.db, log });
    }
    return opened.parts;
  };
  return {
    sendMail,
    refuse: (request, response) => {
      if (!isCrossOrigin(request, url ? new URL(url).host : (request.headers.host ?? '')))
        return false;
      endWith(
        response,
        403,
        'This form was sent from another site. Open the page here and send it again.\n',
      );
      return true;
    },
    answer: (request, response, visit) => answerAuth(request, response, visit),
    prepare: (database) => void partsOf(database),
    visit: (request, database) => {
      if (!database) return null;
      const way = readWay(request, env.DAY2_PROXY_HOPS);
      const origin = url ?? `${way.protocol}://${request.headers.host ?? 'localhost'}`;
      const parts = partsOf(database);
      return {
        db: database.db,
        auth: parts.authFor(way.protocol),
        provider: parts.provider,
        sendMail,
        hasMail: env.DAY2_SMTP_URL !== undefined,
        log,
        sign,
        origin,
        address: way.address,
        headers: headersOf(request, way),
      };
    },
  };
}

interface Site {
  readonly env: AccountEnv;
  readonly log: Log;
  readonly secret: string;
  readonly sendMail: ReturnType<typeof createSendMail>;
  readonly url: string | null;
}

interface SiteParts {
  readonly provider: ReturnType<typeof openProvider>;
  authFor(protocol: 'http' | 'https'): Auth;
}

/** Cookies are Secure or not for a whole instance, so there is one for each protocol. */
function openParts({ db }: Database, { env, log, secret, sendMail, url }: Site): SiteParts {
  const sendLink: AuthParts['sendLink'] = (to, token, { origin, next }) => {
    const query = new URLSearchParams({ token, ...(next && { next }) });
    return sendMail(linkMail(to, `${origin}/sign-in/link/?${query.toString()}`));
  };
  const base = { db, log, secret, sendLink };
  const instances = new Map<string, Auth>();
  const { DAY2_OIDC_ISSUER: issuer, DAY2_OIDC_CLIENT_ID: id, DAY2_OIDC_CLIENT_SECRET: key } = env;
  const oidc =
    url && issuer && id && key
      ? { issuer, clientId: id, clientSecret: key, name: env.DAY2_OIDC_NAME }
      : null;
  return {
    provider: openProvider({ ...base, place: { url: url ?? '' }, oidc }),
    authFor: (protocol) => {
      const place = url ? { url } : { protocol };
      const name = url ?? protocol;
      const auth = instances.get(name) ?? createAuth({ ...base, place, oidc: null });
      instances.set(name, auth);
      return auth;
    },
  };
}

function answerAuth(
  request: IncomingMessage,
  response: ServerResponse,
  visit: Visit | null,
): boolean {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (!pathname.startsWith('/api/auth/')) return false;
  if (openPaths[pathname] !== request.method) {
    endWith(response, 404, 'There is nothing at this address.\n');
    return true;
  }
  if (!visit) {
    endWith(response, 503, 'The database is not open. Try again in a moment.\n');
    return true;
  }
  request.headers[addressHeader] = visit.address;
  void answerOpen(request, response, visit).catch((error: unknown) => {
    visit.log.error({ reason: reasonOf(error), path: pathname }, 'sign-in failed');
    if (!response.headersSent)
      endWith(response, 500, 'Signing in failed. Try again in a moment.\n');
  });
  return true;
}

async function answerOpen(
  request: IncomingMessage,
  response: ServerResponse,
  visit: Visit,
): Promise<void> {
  const isCallback = (request.url ?? '').startsWith('/api/auth/callback/');
  const auth = isCallback ? await visit.provider?.open() : visit.auth;
  if (!auth)
    return endWith(
      response,
      503,
      'The sign-in provider cannot be reached. Try again in a moment.\n',
    );
  await toNodeHandler(auth)(request, response);
}

function endWith(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(text);
}

function headersOf(request: IncomingMessage, way: Way): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(addressHeader, way.address);
  return headers;
}
