import type { FormAnswer } from '#forms/answer.ts';

/** When the forms of tests are sent: the database takes the time of joining from its own clock, which these days are ahead of. */
export const now = new Date('2099-03-10T10:00:00Z');

/** A form as a browser sends it. */
export function post(fields: Readonly<Record<string, string>>): Request {
  return new Request('http://localhost/', { method: 'POST', body: new URLSearchParams(fields) });
}

/** A new assignment for a team that nothing is wrong with. */
export const sound = (team: string) => ({
  form: 'assignment',
  'starts-day': '2099-03-11',
  'due-day': '2099-03-29',
  zone: 'europe/berlin',
  late: 'accept',
  [`team:${team}`]: 'on',
});

/** By field; null where the form was taken. */
export const errorsOf = (answer: FormAnswer | null) =>
  answer?.kind === 'refused' ? answer.errors : null;
/** Of the assignment that a form made. */
export const idOf = (answer: FormAnswer | null) =>
  (answer?.kind === 'done' ? answer.to : '').split('/')[2] ?? '';
