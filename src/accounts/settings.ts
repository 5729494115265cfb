import { z } from 'zod';

/** Variables of the environment that accounts take. */
export const accountVariables = {
  /** Where people reach the site, for example `https://day2.example`; by default what each request says. */
  DAY2_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs cookies; by default made once and kept in the data folder. */
  DAY2_AUTH_SECRET: z.string().min(32).optional(),
  /** How many proxies stand in front; their X-Forwarded-For and X-Forwarded-Proto are believed. */
  DAY2_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  /** Mail server; without it mails are printed to the log. */
  DAY2_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  DAY2_MAIL_FROM: z.string().min(3).default('Day Two <day-two@localhost>'),
  /** An OpenID Connect provider to sign in with. */
  DAY2_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  DAY2_OIDC_CLIENT_ID: z.string().min(1).optional(),
  DAY2_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  DAY2_OIDC_NAME: z.string().min(1).max(40).default('your organisation'),
};

const variables = z.object(accountVariables);

export type AccountEnv = z.infer<typeof variables>;

/** What is wrong with the variables together, as `[variable, message]`; null where nothing is. */
export function findConflict(env: AccountEnv): readonly [string, string] | null {
  const isPublic = env.DAY2_SMTP_URL ?? env.DAY2_OIDC_ISSUER;
  if (isPublic && !env.DAY2_URL)
    return [
      'DAY2_URL',
      'is needed with DAY2_SMTP_URL or DAY2_OIDC_ISSUER, for links that a forged Host header cannot change',
    ];
  const oidc = [env.DAY2_OIDC_ISSUER, env.DAY2_OIDC_CLIENT_ID, env.DAY2_OIDC_CLIENT_SECRET];
  if (oidc.some(Boolean) && !oidc.every(Boolean))
    return [
      'DAY2_OIDC_ISSUER',
      'DAY2_OIDC_ISSUER, DAY2_OIDC_CLIENT_ID and DAY2_OIDC_CLIENT_SECRET go together',
    ];
  return null;
}

/** What to write for each variable. */
export const accountRepairs: Readonly<Record<string, string>> = {
  DAY2_URL: 'give the address of the site, for example DAY2_URL=https://day2.example.',
  DAY2_AUTH_SECRET: 'give at least 32 random characters, for example from openssl rand -base64 32.',
  DAY2_PROXY_HOPS: 'give the number of proxies in front of this server, for example 1.',
  DAY2_SMTP_URL: 'write smtps://user:password@mail.example; encode special characters.',
  DAY2_MAIL_FROM: 'write a sender, for example "Day Two <day-two@example.org>".',
  DAY2_OIDC_ISSUER: 'set all three, or none; see docs/hosting.md.',
  DAY2_OIDC_NAME: 'give the name for the button, at most 40 characters.',
};

/** Not repeated in messages. */
export const accountSecrets = ['DAY2_AUTH_SECRET', 'DAY2_SMTP_URL', 'DAY2_OIDC_CLIENT_SECRET'];
