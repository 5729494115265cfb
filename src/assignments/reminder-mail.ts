import type { Visit } from '#accounts/visit.ts';
import { addressOf } from '#paths/version.ts';
import { showMoment } from './moment.ts';
import type { PersonStanding } from './read-standings.ts';
import type { ReminderKind } from './remind.ts';

const subjects: Readonly<Record<ReminderKind, string>> = {
  assigned: 'Assigned to you',
  week: 'Due in a week',
  day: 'Due in a day',
  overdue: 'Overdue',
};

/** The text of a reminder: what, until when, how far, where to go on, and how to get no more of these. */
export function reminderMail(
  kind: ReminderKind,
  { assignment, person, standing }: PersonStanding,
  origin: string,
): Parameters<Visit['sendMail']>[0] {
  const { title } = assignment.content;
  const { next, done, of, dueAt, extension } = standing;
  const late =
    assignment.terms.late === 'accept'
      ? 'Later work counts, and is marked as late.'
      : 'Later work does not count.';
  const lines = [
    `${title}: ${done} of ${of} done.`,
    `Due: ${showMoment(dueAt, assignment.terms.zone)}${extension ? ', with your extension' : ''}. ${late}`,
    ...(assignment.note ? [`Note: ${assignment.note}`] : []),
    ...(next ? [`Go on with "${next.unit.title}":\n${origin}${addressOf(next.unit)}`] : []),
    `All that is assigned to you:\n${origin}/assignments/`,
    `No more mails like this one: ${origin}/assignments/#mails`,
  ];
  return {
    to: person.email,
    subject: `${subjects[kind]}: ${title}`,
    text: `${lines.join('\n\n')}\n`,
  };
}
