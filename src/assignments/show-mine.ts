import type { Person } from '#accounts/read-person.ts';
import { addressOf } from '#paths/version.ts';
import type { Queries } from '#platform/audit.ts';
import { showMoment } from './moment.ts';
import type { MyDue } from './my-due.ts';
import { readMine } from './read-mine.ts';
import { showDistance, showStanding } from './wording.ts';

/** What is due for a person, in words. */
export async function showMine(
  db: Queries,
  person: Pick<Person, 'id'>,
  now = new Date(),
): Promise<MyDue> {
  const { open } = await readMine(db, person, now);
  return {
    assignments: open.map(({ assignment, standing: { kind, done, of, dueAt, next } }) => ({
      title: assignment.content.title,
      address: `/assignments/${assignment.id}/`,
      isOverdue: kind === 'overdue',
      standing: showStanding({ kind, done, of }),
      due: `${dueAt < now ? 'Was due' : 'Due'} ${showMoment(dueAt, assignment.terms.zone)}, ${showDistance(dueAt, now)}.`,
      next: next && { title: next.unit.title, address: addressOf(next.unit) },
    })),
  };
}
