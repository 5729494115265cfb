import type { Queries } from '#platform/audit.ts';
import { readSettings } from '#settings/read-settings.ts';
import type { Membership } from '../db/memberships.ts';
import { managedTeams } from './scope.ts';

/** Whether somebody may invite people at all: admins always, managers of a team where the organisation lets them. */
export async function mayInvite(db: Queries, membership: Membership): Promise<boolean> {
  const managed = managedTeams(membership);
  if (managed === 'all') return true;
  if (managed.length === 0) return false;
  return (await readSettings(db, membership.organisation)).managersInvite;
}

/** Why somebody may not, in words. */
export const noInvitations =
  'You may not invite people here. Ask an admin of the organisation to do it.';
