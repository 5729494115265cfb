import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { gradedAnswer } from '../tables.ts';
import { keepAnswer, type TryEntry } from './keep-answer.ts';

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
  const account = await addTestPerson(database.db);
  const place = { account, lesson: 'capacity/will-it-fit', check: 'l01' };
  return {
    answer: (correct: boolean, seconds: number, more: Partial<TryEntry & typeof place> = {}) => {
      const { check = place.check, ...entry } = more;
      const made = { id: randomUUID(), answer: [0], correct, answeredAt: after(seconds) };
      return keepAnswer(database.db, { ...place, check }, { ...made, ...entry }, after(seconds));
    },
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

test('a try that is sent again, at once or later, is kept once and says the same', async () => {
  const person = await openPerson();
  const first = { id: randomUUID() };
  const outcomes = await Promise.all([1, 2, 3].map(() => person.answer(false, 0, first)));
  expect(outcomes).toEqual(Array(3).fill({ kind: 'kept', tries: 1, pauseSeconds: 30 }));
  expect(await person.answer(false, 20, first)).toMatchObject({ tries: 1, pauseSeconds: 10 });
  const second = { id: randomUUID() };
  await person.answer(true, 40, second);
  expect(await person.answer(true, 50, second)).toMatchObject({ tries: 2, pauseSeconds: 0 });
  expect(await person.answer(false, 50, first)).toMatchObject({ tries: 1, pauseSeconds: 0 });
  expect(await person.rows()).toHaveLength(2);
});

test('the id of a try tells nothing of another answer, or of another check', async () => {
  const person = await openPerson();
  const id = randomUUID();
  await person.answer(false, 0, { id, answer: [0] });
  expect(await person.answer(true, 60, { id, answer: [1] })).toEqual({ kind: 'other' });
  expect(await person.answer(true, 60, { id, check: 'l02' })).toEqual({ kind: 'other' });
  expect(await person.rows()).toHaveLength(1);
});

test('the pause goes by when it was graded, not by when it was answered', async () => {
  const person = await openPerson();
  await person.answer(false, 0, { answeredAt: after(-3600) });
  expect(await person.answer(true, 10, { answeredAt: after(-60) })).toEqual({
    kind: 'pause',
    seconds: 20,
  });
  await person.answer(true, 30, { answeredAt: after(-60) });
  expect(await person.rows()).toMatchObject([
    { answeredAt: after(-3600), gradedAt: after(0) },
    { answeredAt: after(-60), gradedAt: after(30) },
  ]);
});
