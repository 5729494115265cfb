import type { Mail } from './send-mail.ts';

/** A link that signs in once. */
export function linkMail(to: string, link: string): Mail {
  return {
    to,
    subject: 'Sign in to Day Two',
    text: `Open this address to sign in to Day Two:\n\n${link}\n\nIt works once, within 15 minutes. If you did not ask for it, do nothing: nobody can sign in without it.\n`,
  };
}

/** An invitation into an organisation. */
export function invitationMail(
  to: string,
  {
    organisation,
    inviter,
    link,
    until,
  }: { organisation: string; inviter: string; link: string; until: Date },
): Mail {
  const day = until.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return {
    to,
    subject: `Invitation to ${organisation} on Day Two`,
    text: `${inviter} invites you to ${organisation} on Day Two.\n\nOpen this address to accept:\n\n${link}\n\nIt works once, until ${day}.\n`,
  };
}

/** A link that moves an account to another address. */
export function changeMail(to: string, link: string): Mail {
  return {
    to,
    subject: 'Confirm your address for Day Two',
    text: `Open this address, in the browser in which you are signed in to Day Two, to confirm that this mailbox is yours:\n\n${link}\n\nIt works once, within 15 minutes.\n`,
  };
}

/** Shows that mails arrive. */
export function testMail(to: string, origin: string): Mail {
  return {
    to,
    subject: 'Test mail from Day Two',
    text: `An admin of ${origin} sent this to see whether mails arrive. It did, so they do.\n`,
  };
}
