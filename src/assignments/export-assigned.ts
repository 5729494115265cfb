import type { Person } from '#accounts/read-person.ts';
import type { Queries } from '#platform/audit.ts';
import { listAssignedTo } from './db/list-assigned.ts';
import { listById } from './db/read-assignments.ts';
import { readStandings } from './read-standings.ts';

/** All that is asked of a person, through a team too, and where they stand, for their export. */
export async function exportAssigned(db: Queries, { id }: Pick<Person, 'id'>, now = new Date()) {
  const places = await listAssignedTo(db, id);
  const ids = places.map(({ assignment }) => assignment);
  const standings = await readStandings(db, await listById(db, ids), places, now);
  return standings.map(({ assignment, person, standing }) => ({
    id: assignment.id,
    title: assignment.content.title,
    note: assignment.note,
    startsAt: assignment.terms.startsAt,
    dueAt: standing.dueAt,
    zone: assignment.terms.zone,
    askedSince: person.since,
    extension: standing.extension,
    standing: standing.kind,
    done: standing.done,
    of: standing.of,
    doneAt: standing.doneAt,
    reportedLate: standing.isReportedLate,
    withdrawnAt: assignment.terms.withdrawnAt,
    withdrawnReason: assignment.withdrawnReason,
  }));
}
