import { reasonOf } from '#platform/failure.ts';
import { noteMail } from '../db/invitations.ts';
import { invitationMail } from '../mail/texts.ts';
import type { OrganisationForm } from '../organisation-form.ts';

/** What the link in a mail carries and the one on the page does not: proof that the mailbox was opened. */
export function mailProof(sign: (text: string) => string, id: string, email: string): string {
  return sign(`invitation-mail:${id}:${email}`).slice(0, 24);
}

interface MadeInvitation {
  readonly id: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** Fewer than the mail server is connected to: what somebody waits for, such as a link to sign in, is not behind all of these. */
const atOnce = 4;

/** Mails invitations; gives the addresses whose mail the mail server did not take. Never rejects. */
export async function sendInvitations(
  context: OrganisationForm,
  rows: readonly MadeInvitation[],
): Promise<string[]> {
  const failed: string[] = [];
  const waiting = rows.values();
  const sendWaiting = async () => {
    for (const row of waiting) if (!(await sendInvitation(context, row))) failed.push(row.email);
  };
  await Promise.all(Array.from({ length: atOnce }, sendWaiting));
  return failed;
}

async function sendInvitation(
  { visit, person, membership }: OrganisationForm,
  { id, email, expiresAt }: MadeInvitation,
): Promise<boolean> {
  const { organisationName: organisation } = membership;
  const link = `${visit.origin}/invitation/${id}/?mail=${mailProof(visit.sign, id, email)}`;
  const mail = invitationMail(email, {
    organisation,
    inviter: person.name,
    link,
    until: expiresAt,
  });
  const isTaken = await visit.sendMail(mail).then(
    () => true,
    (error: unknown) => {
      visit.log.error({ reason: reasonOf(error) }, 'an invitation was not mailed');
      return false;
    },
  );
  // Where mails are printed to the log, none was mailed.
  if (!visit.hasMail) return isTaken;
  await noteMail(visit.db, id, isTaken ? 'taken' : 'refused').catch((error: unknown) => {
    visit.log.error(
      { reason: reasonOf(error) },
      'what became of the mail of an invitation was not noted',
    );
  });
  return isTaken;
}
