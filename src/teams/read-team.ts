import type { Asker } from '#assignments/asker.ts';
import { scopeOf } from '#assignments/scope.ts';
import { accountsOf } from './db/people.ts';
import { listTeamsOf } from './db/teams.ts';
import { readWeeks, type Week } from './db/weeks.ts';
import type { TeamFilters } from './filters.ts';
import { readMatrix, type Matrix } from './read-matrix.ts';
import type { Curriculum } from './curriculum.ts';
import { whoseOf } from './viewer.ts';

/** What the page of a team shows. */
export interface TeamView {
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly matrix: Matrix;
  /** Of everybody in the team that the filters name, or in all. */
  readonly weeks: readonly Week[];
}

/** Reads the page of the asker's people. */
export async function readTeam(
  asker: Asker,
  curriculum: Curriculum,
  filters: TeamFilters,
): Promise<TeamView> {
  const { organisation } = asker.membership;
  const teams = await listTeamsOf(asker.db, { organisation, scope: scopeOf(asker.membership) });
  const whose = whoseOf(asker, filters);
  return {
    teams,
    matrix: await readMatrix(asker, curriculum, filters),
    weeks: whose ? await readWeeks(asker.db, accountsOf(whose)) : [],
  };
}
