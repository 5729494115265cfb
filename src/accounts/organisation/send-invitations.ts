import { reasonOf } from '#platform/failure.ts';
import { invitationMail } from '../mail/texts.ts';
import type { OrganisationForm } from '../organisation-form.ts';

/** What the link in a mail carries and the one on the page does not: proof that the mailbox was opened. */
export function mailProof(sign: (text: string) => string, id: string, email: string): string {
  return sign(`invitation-mail:${id}:${email}`).slice(0, 24);
}

/** Mails invitations; gives the addresses whose mail the mail server did not take. */
export async function sendInvitations(
  { visit, person, membership }: OrganisationForm,
  rows: readonly { id: string; email: string; expiresAt: Date }[],
): Promise<string[]> {
  const failed: string[] = [];
  for (const { id, email, expiresAt } of rows) {
    const link = `${visit.origin}/invitation/${id}/?mail=${mailProof(visit.sign, id, email)}`;
    const { organisationName: organisation } = membership;
    try {
      await visit.sendMail(
        invitationMail(email, { organisation, inviter: person.name, link, until: expiresAt }),
      );
    } catch (error) {
      visit.log.error({ reason: reasonOf(error) }, 'an invitation was not mailed');
      failed.push(email);
    }
  }
  return failed;
}
