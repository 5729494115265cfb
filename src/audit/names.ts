import type { Queries } from '#platform/audit.ts';
import {
  listAssignments,
  listInvited,
  listOrganisations,
  listPaths,
  listPeople,
  listReasons,
  listTeams,
  type NamedAssignment,
} from './db/list-names.ts';
import type { AuditRow } from './db/list-rows.ts';

/** What the ids of some rows mean today. */
export interface AuditNames {
  person(id: unknown): string;
  team(id: unknown): string;
  organisation(id: unknown): string;
  path(id: unknown): string;
  invited(beginning: string): string;
  assignment(id: string): NamedAssignment;
  /** Why somebody got more time; null where the assignment or the person was deleted. */
  reason(assignment: string, person: unknown, dueAt: unknown): string | null;
}

/** Parts of the program that act by themselves. */
const parts = new Set(['sign-in provider']);

/** Looks up what the ids of these rows of one organisation mean, with one query for each kind. */
export async function readNames(
  db: Queries,
  organisation: string,
  rows: readonly AuditRow[],
): Promise<AuditNames> {
  const of = (kind: string) =>
    rows.flatMap(({ subject }) =>
      subject.startsWith(`${kind}:`) ? [subject.slice(kind.length + 1)] : [],
    );
  const detail = (...names: readonly string[]) =>
    rows.flatMap(({ details }) => names.flatMap((name) => textsIn(details[name])));
  const assignments = of('assignment');
  const people = await listPeople(db, [
    ...rows.map(({ actor }) => actor),
    ...of('user'),
    ...detail('person', 'people', 'by'),
  ]);
  const teams = await listTeams(db, [...of('team'), ...detail('team', 'teams')]);
  const organisations = await listOrganisations(db, of('organisation'));
  const paths = await listPaths(db, [...of('path'), ...detail('path')]);
  const invited = await listInvited(db, organisation, of('invitation'));
  const named = await listAssignments(db, assignments);
  const reasons = await listReasons(db, assignments);
  return {
    person: (id) =>
      people.get(String(id)) ?? (parts.has(String(id)) ? `The ${String(id)}` : 'a deleted person'),
    team: (id) => teams.get(String(id)) ?? 'a deleted team',
    organisation: (id) => organisations.get(String(id)) ?? 'a deleted organisation',
    path: (id) => paths.get(String(id)) ?? 'a deleted path',
    invited: (beginning) => invited.get(beginning) ?? 'somebody',
    assignment: (id) => named.get(id) ?? gone,
    reason: (assignment, person, dueAt) =>
      reasons.get(`${assignment} ${String(person)} ${String(dueAt)}`) ?? null,
  };
}

const gone: NamedAssignment = {
  title: 'a deleted assignment',
  zone: 'UTC',
  withdrawnReason: null,
};

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : [];
}
