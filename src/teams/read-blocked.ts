import type { Asker } from '#assignments/asker.ts';
import { listManaged } from '#assignments/read-managed.ts';
import type { PersonStanding } from '#assignments/read-standings.ts';
import { scopeOf } from '#assignments/scope.ts';
import type { Curriculum } from './curriculum.ts';
import { accountsOf } from './db/people.ts';
import { listStuck, type Stuck } from './db/stuck.ts';
import { listTeamsOf } from './db/teams.ts';
import { skillsShown, type TeamFilters } from './filters.ts';
import { readQuestions, type Question } from './read-questions.ts';
import { whoseOf } from './viewer.ts';

/** What holds people up. */
export interface Blocked {
  /** The longest first. */
  readonly stuck: readonly Stuck[];
  /** What was asked of people and is not started, the next due first. */
  readonly notStarted: readonly PersonStanding[];
  /** What they sent that is like somebody else's, the closest first. */
  readonly questions: readonly Question[];
}

/** Who of the asker's people is stuck, who has not started what is due, and whom there is to ask. */
export async function readBlocked(
  asker: Asker,
  curriculum: Curriculum,
  filters: TeamFilters,
  now = new Date(),
): Promise<{ teams: { id: string; name: string }[]; blocked: Blocked }> {
  const { organisation } = asker.membership;
  const teams = await listTeamsOf(asker.db, { organisation, scope: scopeOf(asker.membership) });
  const whose = whoseOf(asker, filters);
  if (!whose) return { teams, blocked: { stuck: [], notStarted: [], questions: [] } };
  const labs = filters.lab
    ? [filters.lab]
    : [...new Set(skillsShown(curriculum, filters).flatMap((skill) => skill.labs))];
  const managed = await listManaged(asker, now);
  const isInTeam = ({ person }: PersonStanding) =>
    filters.team === null || person.teams.includes(filters.team);
  const notStarted = managed
    .flatMap(({ people }) => people)
    .filter((entry) => isInTeam(entry) && isNotStarted(entry))
    .toSorted((one, other) => +one.standing.dueAt - +other.standing.dueAt);
  const stuck = await listStuck(asker.db, accountsOf(whose), labs);
  const questions = await readQuestions(asker, accountsOf(whose), labs);
  return { teams, blocked: { stuck, notStarted, questions } };
}

function isNotStarted({ standing: { kind, done } }: PersonStanding): boolean {
  return kind === 'not-started' || (kind === 'overdue' && done === 0);
}
