import type { Asker } from '#assignments/asker.ts';
import { mayAssign, scopeOf } from '#assignments/scope.ts';
import type { Whose } from './db/people.ts';
import type { TeamFilters } from './filters.ts';

/** Whether somebody sees what others did: an admin, or a manager who is in a team. */
export function seesOthers({ membership }: Asker): boolean {
  return mayAssign(membership);
}

/** Whose progress the asker sees, narrowed to the team of the filters; null where that team is not theirs. */
export function whoseOf({ membership }: Asker, { team }: Pick<TeamFilters, 'team'>): Whose | null {
  const { organisation } = membership;
  const scope = scopeOf(membership);
  if (team === null) return { organisation, scope };
  // A team of another organisation selects nobody: members are joined by organisation.
  if (scope !== 'all' && !scope.includes(team)) return null;
  return { organisation, scope: [team] };
}
