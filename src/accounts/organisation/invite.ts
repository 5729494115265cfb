import { z } from 'zod';
import { insertInvitations, listInvitations } from '../db/invitations.ts';
import { hasTeam, listPeople } from '../db/teams.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { emailField, roleField } from '../forms/fields.ts';
import { parseForm } from '#forms/read-form.ts';
import type { OrganisationForm } from '../organisation-form.ts';
import { mayInvite, noInvitations } from './may-invite.ts';
import { findInviteFault } from './scope.ts';
import { sendInvitations } from './send-invitations.ts';

const shape = z.object({
  email: emailField,
  role: roleField,
  team: z.string().max(64).default(''),
});

/** Invites one address. A member may be invited into one more team. */
export async function invite(context: OrganisationForm): Promise<FormAnswer> {
  const { visit, person, membership, form } = context;
  if (!(await mayInvite(visit.db, membership))) return refuse(form, 403, noInvitations);
  const parsed = parseForm(form, shape);
  if ('refusal' in parsed) return parsed.refusal;
  const { email, role } = parsed.data;
  const team = parsed.data.team || null;
  const fault = findInviteFault(membership, { role, team });
  if (fault) return { ...refuse(form, 422, { [fault.field]: fault.message }), status: 403 };
  const { organisation } = membership;
  if (team && !(await hasTeam(visit.db, organisation, team)))
    return refuse(form, 422, { team: 'This team does not exist any more. Reload the page.' });
  const reason = await findKnown(context, email, team);
  if (reason) return refuse(form, 409, { email: reason });
  const rows = await visit.db.transaction((tx) =>
    insertInvitations(tx, organisation, person.id, [{ email, role, team }]),
  );
  const failed = await sendInvitations(context, rows);
  return done(`/organisation/?done=invited${failed.length > 0 ? '&mail=failed' : ''}#invitations`);
}

/** Why an address needs no invitation; null where it does. */
async function findKnown(
  { visit, membership: { organisation } }: OrganisationForm,
  email: string,
  team: string | null,
): Promise<string | null> {
  const people = await listPeople(visit.db, organisation);
  const known = people.find((row) => row.email === email);
  if (known && (team === null || known.teams.includes(team)))
    return 'This person is a member already. Change role or teams in the list below.';
  const open = await listInvitations(visit.db, organisation, null);
  if (open.some((row) => row.email === email && row.team === team))
    return 'This address is invited already; the link is in the list below.';
  return null;
}
