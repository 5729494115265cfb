import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Log } from '#platform/log.ts';
import type { Auth } from './auth/create-auth.ts';
import type { SendMail } from './mail/send-mail.ts';

/** One request to the part of the site that knows people. */
export interface Visit {
  readonly db: NodePgDatabase;
  readonly auth: Auth;
  /** Null where no provider is configured. */
  readonly provider: Provider | null;
  readonly sendMail: SendMail;
  /** Whether mails reach people; otherwise they are in the server's log. */
  readonly hasMail: boolean;
  readonly log: Log;
  /** A keyed hash (base64url) that only this site's servers can make. */
  readonly sign: (text: string) => string;
  /** Where the site is reached, for links: `https://day2.example`. */
  readonly origin: string;
  /** The client's address as far as it can be trusted; limits are kept by it. */
  readonly address: string;
  readonly headers: Headers;
}

/** An OpenID Connect provider. */
export interface Provider {
  /** For the button: `Sign in with <name>`. */
  readonly name: string;
  /** An instance that knows the provider; null while the provider cannot be reached. */
  open(): Promise<Auth | null>;
}
