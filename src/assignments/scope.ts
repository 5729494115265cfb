import { may } from '#accounts/roles.ts';
import type { Membership } from './membership.ts';

/** The teams whose people somebody may give work to: all, or those that they are in; none for who does not manage. */
export function scopeOf({ role, teams }: Membership): 'all' | readonly string[] {
  if (may(role, { member: ['update'] })) return 'all';
  return may(role, { invitation: ['create'] }) ? teams.map(({ id }) => id) : [];
}

/** Whether somebody may give work to anybody. */
export function mayAssign(membership: Membership | null): boolean {
  if (!membership) return false;
  const scope = scopeOf(membership);
  return scope === 'all' || scope.length > 0;
}
