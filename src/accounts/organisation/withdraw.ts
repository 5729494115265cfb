import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '#platform/audit.ts';
import { findInvitation, subjectOf } from '../db/invitations.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { idField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import { invitation } from '../tables.ts';
import type { OrganisationForm } from '../organisation-form.ts';
import { managedTeams } from './scope.ts';

/** Makes an open invitation's link useless. */
export async function withdraw({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  const parsed = parseForm(form, z.object({ invitation: idField }));
  if ('refusal' in parsed) return parsed.refusal;
  const { invitation: id } = parsed.data;
  const found = await findInvitation(visit.db, id);
  const managed = managedTeams(membership);
  const isTheirs = managed === 'all' || (found?.team && managed.includes(found.team));
  if (found?.organisation !== membership.organisation || !isTheirs)
    return refuse(form, 403, 'This invitation is not one that you may withdraw.');
  const isDone = await visit.db.transaction(async (tx) => {
    const rows = await tx
      .update(invitation)
      .set({ status: 'withdrawn' })
      .where(and(eq(invitation.id, id), eq(invitation.status, 'pending')))
      .returning();
    if (rows.length === 0) return false;
    await writeAudit(tx, {
      actor: person.id,
      action: 'invitation withdrawn',
      subject: subjectOf(id),
      details: { organisation: membership.organisation },
    });
    return true;
  });
  if (!isDone) return refuse(form, 409, 'This invitation was accepted or withdrawn already.');
  return done('/organisation/?done=withdrawn#invitations');
}
