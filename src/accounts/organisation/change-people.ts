import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit, type Queries } from '#platform/audit.ts';
import { lockLastAdmin } from '../db/last-admin.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { idField, roleField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import { may } from '../roles.ts';
import { member, team, teamMember } from '../tables.ts';
import type { OrganisationForm } from '../organisation-form.ts';

const lastAdmin = 'This is the only admin. Make somebody else an admin first.';

/** Gives a member another role. */
export async function changeRole({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { member: ['update'] }))
    return refuse(form, 403, 'Only an admin may change roles.');
  const parsed = parseForm(form, z.object({ person: idField, role: roleField }));
  if ('refusal' in parsed) return parsed.refusal;
  const { person: id, role } = parsed.data;
  const { organisation } = membership;
  const fault = await visit.db.transaction(async (tx) => {
    const { isLastAdmin } = await lockLastAdmin(tx, organisation, id);
    if (isLastAdmin && role !== 'admin') return lastAdmin;
    const rows = await tx.update(member).set({ role }).where(placeOf(organisation, id)).returning();
    if (rows.length === 0) return 'This person is not in the organisation any more.';
    const details = { organisation, role };
    await writeAudit(tx, {
      actor: person.id,
      action: 'role granted',
      subject: `user:${id}`,
      details,
    });
    return null;
  });
  return fault ? refuse(form, 409, fault) : done('/organisation/?done=role#people');
}

/** Takes a member out of the organisation and its teams; the account stays. */
export async function removePerson({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { member: ['delete'] }))
    return refuse(form, 403, 'Only an admin may remove people.');
  const parsed = parseForm(form, z.object({ person: idField }));
  if ('refusal' in parsed) return parsed.refusal;
  const { person: id } = parsed.data;
  const { organisation } = membership;
  const fault = await visit.db.transaction(async (tx) => {
    if ((await lockLastAdmin(tx, organisation, id)).isLastAdmin) return lastAdmin;
    await leaveTeams(tx, organisation, id);
    const rows = await tx.delete(member).where(placeOf(organisation, id)).returning();
    if (rows.length === 0) return 'This person is not in the organisation any more.';
    const details = { organisation };
    await writeAudit(tx, {
      actor: person.id,
      action: 'person removed',
      subject: `user:${id}`,
      details,
    });
    return null;
  });
  return fault ? refuse(form, 409, fault) : done('/organisation/?done=removed#people');
}

function placeOf(organisation: string, userId: string) {
  return and(eq(member.organizationId, organisation), eq(member.userId, userId));
}

async function leaveTeams(tx: Queries, organisation: string, userId: string): Promise<void> {
  const teams = tx.select({ id: team.id }).from(team).where(eq(team.organizationId, organisation));
  await tx
    .delete(teamMember)
    .where(and(eq(teamMember.userId, userId), inArray(teamMember.teamId, teams)));
}
