import { createTransport } from 'nodemailer';
import type { Log } from '#platform/log.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Resolves when the mail was taken over by the mail server, or printed; rejects with its refusal. */
export type SendMail = (mail: Mail) => Promise<void>;

export interface MailSettings {
  /** `smtps://user:password@mail.example`; absent: mails are printed to the log. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
}

/** Milliseconds. Requests wait for some mails, so that a mail server that does not answer is given up on soon. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const idleTimeout = 10_000;

/** The way out for mails, over a few connections that are kept while there are mails. What the URL says of itself counts more. */
export function createSendMail({ smtpUrl, from }: MailSettings, log: Log): SendMail {
  if (!smtpUrl) {
    return async ({ to, subject, text }) =>
      log.warn({ to, subject, text }, 'mail not sent: DAY2_SMTP_URL is not set; this is its text');
  }
  const transport = createTransport(
    { pool: true, url: smtpUrl, ...patience, idleTimeout },
    { from },
  );
  return async (mail) => {
    await transport.sendMail(mail);
  };
}
