import { listTeamWork } from '#assignments/list-team-work.ts';
import { listInvitations } from './db/invitations.ts';
import type { Membership } from './db/memberships.ts';
import { listPeople, listTeams } from './db/teams.ts';
import { mayInvite } from './organisation/may-invite.ts';
import { grantableRoles, managedTeams } from './organisation/scope.ts';
import type { Person } from './read-person.ts';
import { may } from './roles.ts';
import type { Visit } from './visit.ts';

/**
 * What somebody sees of an organisation: an admin everything, a manager the teams that they are in,
 * a learner or author their own place and whom to ask.
 */
export async function readOrganisation(
  { db, origin }: Visit,
  person: Person,
  membership: Membership,
) {
  const { organisation } = membership;
  const managed = managedTeams(membership);
  const isAdmin = may(membership.role, { member: ['update'] });
  const isManaged = (id: string) => managed === 'all' || managed.includes(id);
  const people = await listPeople(db, organisation);
  const teams = (await listTeams(db, organisation)).filter(({ id }) => isManaged(id));
  // Only an admin deletes a team, and is told what goes with it.
  const work = isAdmin ? await listTeamWork(db, organisation) : null;
  const hasRights = managed === 'all' || managed.length > 0;
  const invitations = hasRights
    ? await listInvitations(db, organisation, managed === 'all' ? null : managed)
    : [];
  return {
    isAdmin,
    manages: hasRights,
    mayInvite: hasRights && (await mayInvite(db, membership)),
    roles: grantableRoles(membership),
    teams: teams.map((team) => ({ ...team, work: work?.get(team.id) ?? [] })),
    people: hasRights
      ? people.filter(
          ({ id, teams: own }) => managed === 'all' || id === person.id || own.some(isManaged),
        )
      : [],
    admins: people.filter(({ role }) => role === 'admin').map(({ name }) => name),
    invitations: invitations.map((row) => ({ ...row, link: `${origin}/invitation/${row.id}/` })),
  };
}
