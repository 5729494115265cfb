import { may, type Role } from '../roles.ts';
import type { Membership } from '../db/memberships.ts';

/** Whether somebody manages people at all, and which: every team of the organisation, or the teams they are in. */
export function managedTeams({ role, teams }: Membership): 'all' | readonly string[] {
  if (may(role, { member: ['update'] })) return 'all';
  return may(role, { invitation: ['create'] }) ? teams.map(({ id }) => id) : [];
}

/** The roles that somebody may give away. */
export function grantableRoles({ role }: Membership): readonly Role[] {
  if (may(role, { member: ['update'] })) return ['learner', 'author', 'manager', 'admin'];
  return may(role, { invitation: ['create'] }) ? ['learner'] : [];
}

/** Why an invitation with this role and team is not theirs to make; null where it is. */
export function findInviteFault(
  membership: Membership,
  { role, team }: { role: Role; team: string | null },
): { field: 'role' | 'team'; message: string } | null {
  const teams = managedTeams(membership);
  if (!grantableRoles(membership).includes(role))
    return { field: 'role', message: 'A manager invites learners. Ask an admin for other roles.' };
  if (teams === 'all' || (team !== null && teams.includes(team))) return null;
  return { field: 'team', message: 'Choose one of the teams that you are in.' };
}
