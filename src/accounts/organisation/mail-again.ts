import { z } from 'zod';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { parseForm } from '#forms/read-form.ts';
import { forgetMails, listInvitations } from '../db/invitations.ts';
import { idField } from '../forms/fields.ts';
import type { OrganisationForm } from '../organisation-form.ts';
import { isUnmailed } from './invitation-mail.ts';
import { mayInvite, noInvitations } from './may-invite.ts';
import { managedTeams } from './scope.ts';
import { sendInvitations } from './send-invitations.ts';

/** Mails an open invitation once more, or, where none is named, all whose mail no mail server took. */
export async function mailAgain(context: OrganisationForm): Promise<FormAnswer> {
  const { visit, person, membership, form } = context;
  const { organisation } = membership;
  const parsed = parseForm(form, z.object({ invitation: idField.optional() }));
  if ('refusal' in parsed) return parsed.refusal;
  const { invitation: id } = parsed.data;
  if (!(await mayInvite(visit.db, membership))) return refuse(form, 403, noInvitations);
  const managed = managedTeams(membership);
  const open = await listInvitations(visit.db, organisation, managed === 'all' ? null : managed);
  const rows = open.filter((row) => (id === undefined ? isUnmailed(row) : row.id === id));
  if (rows.length === 0)
    return id === undefined
      ? refuse(form, 409, 'There is no mail left to send. Reload the page.')
      : refuse(
          form,
          403,
          'This invitation is not one that you may mail, or it is not open any more.',
        );
  if (!visit.hasMail)
    return refuse(form, 409, 'This site sends no mail. Pass the link on yourself.');
  const ids = rows.map((row) => row.id);
  await visit.db.transaction((tx) => forgetMails(tx, organisation, person.id, ids));
  if (rows.length > 1) {
    // After the answer, as when they were made.
    void sendInvitations(context, rows);
    return done(`/organisation/?mails=${rows.length}#invitations`);
  }
  const failed = await sendInvitations(context, rows);
  return done(
    `/organisation/?done=${failed.length > 0 ? 'mail-refused' : 'mailed-again'}#invitations`,
  );
}
