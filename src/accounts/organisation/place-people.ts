import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '#platform/audit.ts';
import { hasTeam } from '../db/teams.ts';
import { insertTeamMember } from '../db/users.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { idField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import { may } from '../roles.ts';
import { member, teamMember } from '../tables.ts';
import type { OrganisationForm } from '../organisation-form.ts';
import { managedTeams } from './scope.ts';

const shape = z.object({ person: idField, team: idField });

/** Puts a member into a team. A manager's team is what they may see, so only an admin widens it. */
export async function addToTeam({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!may(membership.role, { member: ['update'] }))
    return refuse(
      form,
      403,
      'Only an admin may put members into teams. Invite the person into your team instead.',
    );
  const parsed = parseForm(form, shape);
  if ('refusal' in parsed) return parsed.refusal;
  const { person: id, team } = parsed.data;
  const { organisation } = membership;
  const members = await visit.db
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organizationId, organisation), eq(member.userId, id)));
  if (members.length === 0 || !(await hasTeam(visit.db, organisation, team)))
    return refuse(
      form,
      409,
      'The person or the team is not in the organisation any more. Reload the page.',
    );
  await visit.db.transaction(async (tx) => {
    await insertTeamMember(tx, team, id);
    const details = { organisation, team };
    await writeAudit(tx, {
      actor: person.id,
      action: 'put into team',
      subject: `user:${id}`,
      details,
    });
  });
  return done('/organisation/?done=team-added#people');
}

/** Takes a member out of a team; a manager only learners, of a team of theirs. */
export async function removeFromTeam({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  const parsed = parseForm(form, shape);
  if ('refusal' in parsed) return parsed.refusal;
  const { person: id, team } = parsed.data;
  const { organisation } = membership;
  const managed = managedTeams(membership);
  const isTheirs =
    managed === 'all' ? await hasTeam(visit.db, organisation, team) : managed.includes(team);
  const [place] = await visit.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organisation), eq(member.userId, id)));
  if (!isTheirs || !place || (managed !== 'all' && place.role !== 'learner'))
    return refuse(form, 403, 'This team or this person is not one that you manage.');
  await visit.db.transaction(async (tx) => {
    await tx.delete(teamMember).where(and(eq(teamMember.teamId, team), eq(teamMember.userId, id)));
    const details = { organisation, team };
    await writeAudit(tx, {
      actor: person.id,
      action: 'taken out of team',
      subject: `user:${id}`,
      details,
    });
  });
  return done('/organisation/?done=team-removed#people');
}
