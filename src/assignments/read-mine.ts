import type { Person } from '#accounts/read-person.ts';
import type { Queries } from '#platform/audit.ts';
import { listAssignedTo } from './db/list-assigned.ts';
import { listById } from './db/read-assignments.ts';
import { readStandings, type PersonStanding } from './read-standings.ts';

/** What is asked of a person, by what they do about it. */
export interface MyAssignments {
  /** The next due first; what is overdue before all. */
  readonly open: readonly PersonStanding[];
  readonly upcoming: readonly PersonStanding[];
  /** Done, or past an end after which nothing counts; the latest first. */
  readonly past: readonly PersonStanding[];
}

/** Reads what is asked of a person in all of their organisations. What was withdrawn is left out. */
export async function readMine(
  db: Queries,
  { id }: Pick<Person, 'id'>,
  now = new Date(),
): Promise<MyAssignments> {
  const places = await listAssignedTo(db, id);
  const assignments = await listById(
    db,
    places.map(({ assignment }) => assignment),
  );
  const standings = (await readStandings(db, assignments, places, now)).toSorted(
    (one, other) => +one.standing.dueAt - +other.standing.dueAt,
  );
  const are = (...kinds: readonly string[]) =>
    standings.filter(({ standing }) => kinds.includes(standing.kind));
  return {
    open: are('overdue', 'not-started', 'in-progress'),
    upcoming: are('upcoming'),
    past: are('done', 'done-late', 'closed').toReversed(),
  };
}

/** One assignment as the person who has it sees it, also a withdrawn one; null where it is not theirs. */
export async function findMine(
  db: Queries,
  { id: person }: Pick<Person, 'id'>,
  id: string,
  now = new Date(),
): Promise<PersonStanding | null> {
  const places = (await listAssignedTo(db, person)).filter(({ assignment }) => assignment === id);
  const [found] = await readStandings(db, await listById(db, [id]), places, now);
  return found && found.standing.kind !== 'not-asked' ? found : null;
}
