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

/** The way out for mails. */
export function createSendMail({ smtpUrl, from }: MailSettings, log: Log): SendMail {
  if (!smtpUrl) {
    return async ({ to, subject, text }) =>
      log.warn({ to, subject, text }, 'mail not sent: DAY2_SMTP_URL is not set; this is its text');
  }
  const transport = createTransport(smtpUrl, { from });
  return async (mail) => {
    await transport.sendMail(mail);
  };
}
