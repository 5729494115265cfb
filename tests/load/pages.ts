import type { HttpPerson } from '../support/http-person.ts';

/** Lessons that learners open. */
export const lessons: readonly string[] = [
  '/courses/capacity/will-it-fit/',
  '/courses/capacity/find-the-roof/',
  '/courses/production-is-different/what-a-model-server-does/',
];

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** What every manager looks at besides the assignments of a team of theirs. */
const managed = [
  '/assignments/',
  '/team/',
  '/team/blocked/',
  '/team/?status=stuck',
  '/organisation/',
  '/paths/',
  '/assignments/new/?path=first-week',
  '/account/',
];

/** Assigns a path to a team with the form, and gives what its manager looks at. */
export async function assignPath(admin: HttpPerson, team: string): Promise<readonly string[]> {
  const fields = { 'starts-day': day(0), 'due-day': day(30), zone: 'UTC', late: 'accept' };
  const form = { form: 'assignment', ...fields, [`team:${team}`]: 'on' };
  const answer = await admin.postForm('/assignments/new/?path=first-week', form);
  const place = answer.headers.get('location')?.split('?')[0];
  if (answer.status !== 303 || !place) throw new Error(`Assigning gave ${answer.status}.`);
  return [...managed, place];
}
