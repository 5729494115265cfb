import { readFileSync } from 'node:fs';
import { connectionOf } from './database/connection.ts';
import type { Env } from './env.ts';

/** How a server was started, without secrets, for the admin who looks for a cause. */
export interface SiteFacts {
  readonly version: string;
  readonly node: string;
  readonly startedAt: Date;
  /** As `DAY2_URL` says; null: as each request says. */
  readonly url: string | null;
  readonly proxyHops: number;
  readonly database: string;
  readonly isEmbedded: boolean;
  /** Host of the mail server, and the sender; null: mails are in the log. */
  readonly mail: { readonly host: string; readonly from: string } | null;
  readonly provider: { readonly name: string; readonly issuer: string } | null;
  readonly hasMetricsToken: boolean;
  readonly hasWebContainer: boolean;
}

/** What the environment of this process says. */
export function siteFactsOf(env: Env): SiteFacts {
  const { DATABASE_URL, DAY2_SMTP_URL, DAY2_OIDC_ISSUER } = env;
  return {
    version: readVersion(),
    node: process.versions.node,
    startedAt: new Date(),
    url: env.DAY2_URL ?? null,
    proxyHops: env.DAY2_PROXY_HOPS,
    database: DATABASE_URL ? connectionOf(DATABASE_URL).shown : `embedded, in ${env.DAY2_DATA}`,
    isEmbedded: !DATABASE_URL,
    mail: DAY2_SMTP_URL ? { host: new URL(DAY2_SMTP_URL).host, from: env.DAY2_MAIL_FROM } : null,
    provider: DAY2_OIDC_ISSUER
      ? { name: env.DAY2_OIDC_NAME, issuer: withoutSecrets(DAY2_OIDC_ISSUER) }
      : null,
    hasMetricsToken: env.DAY2_METRICS_TOKEN !== undefined,
    hasWebContainer: env.DAY2_WEBCONTAINER === 'on',
  };
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return version;
}

function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
