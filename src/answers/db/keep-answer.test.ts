import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { gradedAnswer } from '../tables.ts';
import { keepAnswer } from './keep-answer.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const start = new Date('2026-03-02T10:00:00Z');
const after = (seconds: number) => new Date(+start + seconds * 1000);

async function openPerson() {
  const account = randomUUID();
  await database.db
    .insert(user)
    .values({ id: account, name: 'Ada', email: `${account}@example.org` });
  const place = { account, lesson: 'capacity/will-it-fit', check: 'l01' };
  return {
    answer: (correct: boolean, seconds: number) =>
      keepAnswer(database.db, place, { answer: [0], correct }, after(seconds)),
    rows: () => database.db.select().from(gradedAnswer).where(eq(gradedAnswer.account, account)),
  };
}

test('every try is kept and counted, and nothing after the one that was right', async () => {
  const person = await openPerson();
  expect(await person.answer(false, 0)).toEqual({ kind: 'kept', tries: 1, pauseSeconds: 30 });
  expect(await person.answer(true, 31)).toEqual({ kind: 'kept', tries: 2, pauseSeconds: 0 });
  expect(await person.answer(false, 32)).toEqual({ kind: 'passed-before' });
  expect((await person.rows()).map(({ correct }) => correct)).toEqual([false, true]);
});

test('pauses grow with every wrong answer, and a try within one is neither kept nor graded', async () => {
  const person = await openPerson();
  await person.answer(false, 0);
  expect(await person.answer(true, 10)).toEqual({ kind: 'pause', seconds: 20 });
  expect(await person.answer(false, 30)).toMatchObject({ pauseSeconds: 120 });
  expect(await person.answer(true, 149)).toEqual({ kind: 'pause', seconds: 1 });
  expect(await person.answer(false, 150)).toMatchObject({ tries: 3, pauseSeconds: 600 });
  expect(await person.rows()).toHaveLength(3);
});

test('of tries that come at once one is graded', async () => {
  const person = await openPerson();
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => person.answer(false, 0)));
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['kept', 'pause', 'pause', 'pause']);
});
