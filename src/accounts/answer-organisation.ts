import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { readForm } from '#forms/read-form.ts';
import { changeRole, removePerson } from './organisation/change-people.ts';
import { createTeam, deleteTeam, renameTeam } from './organisation/change-teams.ts';
import type { OrganisationForm } from './organisation-form.ts';
import { invite } from './organisation/invite.ts';
import { inviteMany } from './organisation/invite-many.ts';
import { mailAgain } from './organisation/mail-again.ts';
import { addToTeam, removeFromTeam } from './organisation/place-people.ts';
import { withdraw } from './organisation/withdraw.ts';
import { chooseOrganisation, type Person } from './read-person.ts';
import type { Visit } from './visit.ts';

type Handler = (context: OrganisationForm) => Promise<FormAnswer>;

const handlers: Readonly<Record<string, Handler>> = {
  invite,
  'invite-many': inviteMany,
  'mail-again': mailAgain,
  withdraw,
  role: changeRole,
  remove: removePerson,
  'create-team': createTeam,
  'rename-team': renameTeam,
  'delete-team': deleteTeam,
  'add-to-team': addToTeam,
  'remove-from-team': removeFromTeam,
  choose,
};

/**
 * Does what one of the organisation page's forms asks for; null for a page that is only looked at.
 * A form is about the organisation that its page showed, also where another one was chosen since.
 */
export async function answerOrganisation(
  visit: Visit,
  person: Person,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const membership = person.memberships.find(
    ({ organisation }) => organisation === form.fields['organisation'],
  );
  if (!membership) return refuse(form, 403, 'You are not a member of this organisation.');
  const handler = Object.hasOwn(handlers, form.name) ? handlers[form.name] : undefined;
  if (!handler) return refuse(form, 404, 'This page has no such form. Reload it.');
  return handler({ visit, person, membership, form });
}

async function choose({ visit, person, membership }: OrganisationForm): Promise<FormAnswer> {
  await chooseOrganisation(visit, person, membership.organisation);
  return done('/organisation/?done=current');
}
