import type { Queries } from '#platform/audit.ts';
import type { Assignment } from './assignment.ts';
import type { AssignedPerson } from './db/list-assigned.ts';
import { readDeeds } from './db/read-deeds.ts';
import { standingOf, type Standing } from './standing.ts';

/** Somebody's place in an assignment that is asked of them. */
export interface PersonStanding {
  readonly assignment: Assignment;
  readonly person: AssignedPerson;
  readonly standing: Standing;
}

/** Where each of these people stands; an entry whose assignment is not among `assignments` is left out. */
export async function readStandings(
  db: Queries,
  assignments: readonly Assignment[],
  people: readonly AssignedPerson[],
  now: Date,
): Promise<PersonStanding[]> {
  const byId = new Map(assignments.map((assignment) => [assignment.id, assignment]));
  const units = assignments.flatMap(({ content }) => content.items.flatMap((item) => item.units));
  const idsOf = (kind: string) => [
    ...new Set(units.filter((unit) => unit.kind === kind).map(({ id }) => id)),
  ];
  const deeds = await readDeeds(db, [...new Set(people.map(({ person }) => person))], {
    lessons: idsOf('lesson'),
    labs: idsOf('lab'),
  });
  return people.flatMap((person) => {
    const assignment = byId.get(person.assignment);
    if (!assignment) return [];
    const { since, extension } = person;
    const assigned = { since, extension, deeds: deeds.get(person.person) ?? [] };
    const standing = standingOf(assignment.terms, assignment.content, assigned, now);
    return [{ assignment, person, standing }];
  });
}
