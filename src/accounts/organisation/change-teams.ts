import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '#platform/audit.ts';
import { newId } from '../db/new-id.ts';
import { hasTeam, isTeamNameTaken } from '../db/teams.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { groupName, idField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import { may } from '../roles.ts';
import { team } from '../tables.ts';
import type { OrganisationForm } from '../organisation-form.ts';

const adminsOnly = 'Only an admin may change teams.';
const taken = 'Another team has this name. Choose a different one.';
const gone = 'This team does not exist any more. Reload the page.';

export async function createTeam({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { team: ['create'] })) return refuse(form, 403, adminsOnly);
  const parsed = parseForm(form, z.object({ name: groupName }));
  if ('refusal' in parsed) return parsed.refusal;
  const { name } = parsed.data;
  const { organisation } = membership;
  if (await isTeamNameTaken(visit.db, organisation, name))
    return refuse(form, 409, { name: taken });
  const id = newId();
  await visit.db.transaction(async (tx) => {
    await tx.insert(team).values({ id, name, organizationId: organisation });
    await writeAudit(tx, {
      actor: person.id,
      action: 'team made',
      subject: `team:${id}`,
      details: { organisation },
    });
  });
  return done('/organisation/?done=team-created#teams');
}

export async function renameTeam({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { team: ['update'] })) return refuse(form, 403, adminsOnly);
  const parsed = parseForm(form, z.object({ team: idField, name: groupName }));
  if ('refusal' in parsed) return parsed.refusal;
  const { team: id, name } = parsed.data;
  const { organisation } = membership;
  if (!(await hasTeam(visit.db, organisation, id))) return refuse(form, 409, gone);
  if (await isTeamNameTaken(visit.db, organisation, name, id))
    return refuse(form, 409, { name: taken });
  await visit.db.transaction(async (tx) => {
    await tx.update(team).set({ name, updatedAt: new Date() }).where(eq(team.id, id));
    await writeAudit(tx, {
      actor: person.id,
      action: 'team renamed',
      subject: `team:${id}`,
      details: { organisation },
    });
  });
  return done('/organisation/?done=team-renamed#teams');
}

export async function deleteTeam({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { team: ['delete'] })) return refuse(form, 403, adminsOnly);
  const parsed = parseForm(form, z.object({ team: idField }));
  if ('refusal' in parsed) return parsed.refusal;
  const { team: id } = parsed.data;
  const { organisation } = membership;
  const isDone = await visit.db.transaction(async (tx) => {
    const rows = await tx
      .delete(team)
      .where(and(eq(team.id, id), eq(team.organizationId, organisation)))
      .returning();
    if (rows.length === 0) return false;
    await writeAudit(tx, {
      actor: person.id,
      action: 'team deleted',
      subject: `team:${id}`,
      details: { organisation },
    });
    return true;
  });
  return isDone ? done('/organisation/?done=team-deleted#teams') : refuse(form, 409, gone);
}
