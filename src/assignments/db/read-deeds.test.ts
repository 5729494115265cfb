import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { gradedAnswer } from '#answers/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readDeeds } from './read-deeds.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('a check that counts was passed when it was answered, and learned of when it was graded', async () => {
  const { db } = database;
  const account = await addTestPerson(db);
  const lesson = 'capacity/will-it-fit';
  const answeredAt = new Date('2026-03-31T20:00:00Z');
  const gradedAt = new Date('2026-04-01T06:00:00Z');
  await db
    .insert(gradedAnswer)
    .values({ account, lesson, checkId: 'l01', answer: [0], correct: true, answeredAt, gradedAt });
  const deeds = await readDeeds(db, [account], { lessons: [lesson], labs: [] });
  expect(deeds.get(account)).toEqual([
    {
      kind: 'check-graded',
      lesson,
      check: 'l01',
      passed: true,
      at: answeredAt,
      receivedAt: gradedAt,
    },
  ]);
});
