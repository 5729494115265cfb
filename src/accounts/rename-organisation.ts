import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '#platform/audit.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { parseForm } from '#forms/read-form.ts';
import { groupName } from './forms/fields.ts';
import type { OrganisationForm } from './organisation-form.ts';
import { may } from './roles.ts';
import { organization } from './tables.ts';

/** Gives an organisation another name. */
export async function renameOrganisation({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { organization: ['update'] }))
    return refuse(form, 403, 'Only an admin may rename the organisation.');
  const parsed = parseForm(form, z.object({ name: groupName }));
  if ('refusal' in parsed) return parsed.refusal;
  const { organisation } = membership;
  const { name } = parsed.data;
  await visit.db.transaction(async (tx) => {
    await tx.update(organization).set({ name }).where(eq(organization.id, organisation));
    await writeAudit(tx, {
      actor: person.id,
      action: 'organisation renamed',
      subject: `organisation:${organisation}`,
      details: { organisation, name },
    });
  });
  return done('/organisation/settings/?done=renamed');
}
