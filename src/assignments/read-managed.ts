import type { Asker } from './asker.ts';
import type { Assignment } from './assignment.ts';
import { listAssigned } from './db/list-assigned.ts';
import { listChoices } from './db/list-choices.ts';
import { findAssignment, listAssignments } from './db/read-assignments.ts';
import { readStandings, type PersonStanding } from './read-standings.ts';
import { scopeOf } from './scope.ts';

/** An assignment as a manager sees it. */
export interface ManagedAssignment {
  readonly assignment: Assignment;
  /** Of the people whom the manager may see, by name. */
  readonly people: readonly PersonStanding[];
  /** Whether the manager may change and withdraw it: all of it is for people whom they manage. */
  readonly mayChange: boolean;
}

/** The assignments that concern people whom the asker manages, the next due first. */
export async function listManaged(asker: Asker, now = new Date()): Promise<ManagedAssignment[]> {
  return toManaged(asker, await listAssignments(asker.db, asker.membership.organisation), now);
}

/** One of them; null where there is none of that id, or it concerns nobody whom the asker manages. */
export async function findManaged(
  asker: Asker,
  id: string,
  now = new Date(),
): Promise<ManagedAssignment | null> {
  const found = await findAssignment(asker.db, asker.membership.organisation, id);
  return found ? ((await toManaged(asker, [found], now))[0] ?? null) : null;
}

async function toManaged(
  { db, membership }: Asker,
  assignments: readonly Assignment[],
  now: Date,
): Promise<ManagedAssignment[]> {
  const scope = scopeOf(membership);
  if (assignments.length === 0 || (scope !== 'all' && scope.length === 0)) return [];
  const choices = await listChoices(db, membership.organisation, scope);
  const teams = new Set(choices.teams.map(({ id }) => id));
  const people = new Set(choices.people.map(({ id }) => id));
  const isTheirs = ({ kind, id }: Assignment['targets'][number]) =>
    (kind === 'team' ? teams : people).has(id);
  const visible = assignments.filter(
    ({ targets }) => scope === 'all' || targets.some((target) => isTheirs(target)),
  );
  const assigned = await listAssigned(
    db,
    visible.map(({ id }) => id),
  );
  const seen = assigned.filter(({ person }) => people.has(person));
  const standings = Map.groupBy(
    await readStandings(db, visible, seen, now),
    ({ assignment }) => assignment.id,
  );
  return visible.map((assignment) => ({
    assignment,
    people: standings.get(assignment.id) ?? [],
    mayChange: scope === 'all' || assignment.targets.every((target) => isTheirs(target)),
  }));
}
