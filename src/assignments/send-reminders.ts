import type { Visit } from '#accounts/visit.ts';
import type { Queries } from '#platform/audit.ts';
import { reasonOf } from '#platform/failure.ts';
import type { Log } from '#platform/log.ts';
import { listWithoutReminders } from '#settings/read-settings.ts';
import type { Assignment } from './assignment.ts';
import { listAssigned, type AssignedPerson } from './db/list-assigned.ts';
import { listRunning } from './db/read-assignments.ts';
import {
  claimReminder,
  keyOf,
  listOptedOut,
  listSettled,
  markSent,
  postpone,
  type ReminderKey,
} from './db/reminders.ts';
import { readStandings } from './read-standings.ts';
import { dueReminder, isOpen } from './remind.ts';
import { reminderMail } from './reminder-mail.ts';

export interface Reminding {
  readonly db: Queries;
  readonly sendMail: Visit['sendMail'];
  readonly log: Log;
  /** Where the site is reached: `https://day2.example`. */
  readonly origin: string;
}

const DAY = 86_400_000;

/**
 * Sends every reminder whose time has come and resolves to how many were sent. Any number of nodes may
 * call it at any time: each mail is claimed in the database first. A node that dies between the mail
 * server's answer and the next statement is the one case in which a mail comes twice.
 */
export async function sendDueReminders(
  { db, sendMail, log, origin }: Reminding,
  now = new Date(),
  signal?: AbortSignal,
): Promise<number> {
  const running = await listRunning(db, now, new Date(+now - 3 * DAY));
  const organisations = [...new Set(running.map(({ organisation }) => organisation))];
  const silent = await listWithoutReminders(db, organisations);
  const assignments = running.filter(({ organisation }) => !silent.has(organisation));
  const due = await listDue(db, assignments, now);
  const standings = await readStandings(
    db,
    assignments,
    due.map(({ person }) => person),
    now,
  );
  let sent = 0;
  for (const [index, entry] of standings.entries()) {
    signal?.throwIfAborted();
    const key = due[index]?.key;
    if (!key || !isOpen(entry.standing.kind) || !(await claimReminder(db, key))) continue;
    try {
      await sendMail(reminderMail(key.kind, entry, origin));
    } catch (error) {
      await postpone(db, key);
      log.error(
        { reason: reasonOf(error), assignment: key.assignment, kind: key.kind },
        'reminder not sent',
      );
      continue;
    }
    await markSent(db, key);
    sent += 1;
  }
  return sent;
}

/** Whose time has come and who was not written to. */
async function listDue(
  db: Queries,
  assignments: readonly Assignment[],
  now: Date,
): Promise<{ person: AssignedPerson; key: ReminderKey }[]> {
  if (assignments.length === 0) return [];
  const ids = assignments.map(({ id }) => id);
  const byId = new Map(assignments.map((assignment) => [assignment.id, assignment]));
  const candidates = (await listAssigned(db, ids)).flatMap((person) => {
    const { terms, createdAt: madeAt } = byId.get(person.assignment)!;
    const { since, extension } = person;
    const found = dueReminder({ terms, madeAt, since, extension }, now);
    if (!found) return [];
    return [{ person, key: { ...found, assignment: person.assignment, person: person.person } }];
  });
  if (candidates.length === 0) return [];
  const settled = await listSettled(db, ids);
  const silent = await listOptedOut(
    db,
    candidates.map(({ person }) => person.person),
  );
  return candidates.filter(({ key }) => !settled.has(keyOf(key)) && !silent.has(key.person));
}
