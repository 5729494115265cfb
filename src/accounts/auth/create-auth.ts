import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { genericOAuth, magicLink, organization } from 'better-auth/plugins';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Log } from '#platform/log.ts';
import { cleanName } from '../forms/fields.ts';
import { consumeLimit } from '../limits.ts';
import { accessControl, accessRoles } from '../roles.ts';
import * as tables from '../tables.ts';
import { hashToken } from './hash-token.ts';

export type Auth = ReturnType<typeof createAuth>;

export interface AuthParts {
  readonly db: NodePgDatabase;
  readonly log: Log;
  readonly secret: string;
  /** Where the site is reached, or only how. */
  readonly place: { readonly url: string } | { readonly protocol: 'http' | 'https' };
  readonly oidc: OidcSettings | null;
  readonly sendLink: (
    to: string,
    token: string,
    from: { origin: string; next: string },
  ) => Promise<void>;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
}

/** Name of the provider in the tables and in the callback's path. */
export const oidcProvider = 'oidc';

/** In front of the names of the cookies. */
const cookiePrefix = 'day2';

/** Set by the server on each request, after dropping what the client sent under this name. */
export const addressHeader = 'x-day-two-address';

const shortestPassword = 12;
const longestPassword = 256;
const linkSeconds = 15 * 60;
const day = 24 * 60 * 60;

/** Sessions and the ways to sign in. With `oidc` it asks the provider when it is made. */
export function createAuth({ db, log, secret, place, oidc, sendLink }: AuthParts) {
  return betterAuth({
    appName: 'Day Two',
    basePath: '/api/auth',
    // The server in front has refused what came from another origin.
    baseURL: 'url' in place ? place.url : { allowedHosts: ['*'], protocol: place.protocol },
    secret,
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) =>
        log[level === 'error' ? 'warn' : 'debug']({ source: 'better-auth' }, message),
    },
    database: drizzleAdapter(db, { provider: 'pg', schema: tables, transaction: true }),
    advanced: {
      cookiePrefix,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    session: {
      expiresIn: 30 * day,
      updateAge: day,
      additionalFields: { method: { type: 'string', required: false, input: false } },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => ({
            data: { ...session, method: methodOf(context?.path) },
          }),
        },
      },
    },
    account: {
      // The provider is the site's own: what it says of an address counts as much as a link by mail.
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
      encryptOAuthTokens: true,
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: {
        '/passkey/**': { window: 60, max: 1200 },
        '/callback/**': { window: 60, max: 1200 },
      },
      customStorage: {
        consume: (key, { window, max }) =>
          consumeLimit(db, `http:${key}`, { seconds: window, max }),
      },
    },
    onAPIError: { errorURL: '/sign-in/' },
    plugins: [
      organization({
        ac: accessControl,
        roles: accessRoles,
        creatorRole: 'admin',
        teams: { enabled: true },
      }),
      magicLink({
        expiresIn: linkSeconds,
        disableSignUp: true,
        storeToken: { type: 'custom-hasher', hash: hashToken },
        sendMagicLink: ({ email, token, metadata }) =>
          sendLink(email, token, {
            origin: String(metadata?.['origin'] ?? ''),
            next: String(metadata?.['next'] ?? ''),
          }),
      }),
      passkey({
        rpName: 'Day Two',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // It is the only factor, so holding the device is not enough.
          afterVerification: async ({ verification }) => {
            if (verification.authenticationInfo.userVerified) return;
            throw new APIError('UNAUTHORIZED', {
              message: 'The passkey did not check who holds it.',
            });
          },
        },
      }),
      genericOAuth({ config: oidc ? [providerConfig(oidc)] : [] }),
    ],
  });
}

function providerConfig({ issuer, clientId, clientSecret, name }: OidcSettings) {
  return {
    providerId: oidcProvider,
    name,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ['openid', 'email', 'profile'],
    requireIdTokenVerification: true,
    mapProfileToUser: (profile: Record<string, unknown>) => ({
      name: claimOf(profile, ['name', 'preferred_username', 'email']),
    }),
  };
}

/** The first of these claims that is text. */
function claimOf(profile: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const found = names.map((name) => profile[name]).find((claim) => typeof claim === 'string');
  return cleanName(found ?? '').slice(0, 100);
}

function methodOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  if (path.startsWith('/sign-in/email')) return 'password';
  if (path.startsWith('/magic-link')) return 'link';
  if (path.startsWith('/passkey')) return 'passkey';
  return path.startsWith('/callback') ? 'provider' : null;
}
