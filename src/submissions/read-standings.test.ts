import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readVerifiedStandings } from './read-standings.ts';
import { findSubmission, readSubmission } from './read-submission.ts';
import { submission, submissionVerification } from './tables.ts';
import { insertSubmission } from './testing/insert-submission.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const lab = 'l06-first-service';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));

test('a standing is of the newest attempt, and remembers that an earlier one was verified', async () => {
  const { db } = database;
  const person = await addTestPerson(database.db);
  await insertSubmission(db, {
    person,
    lab,
    states: ['queued', 'running', 'verified'],
    submittedAt: at(1),
  });
  const newest = await insertSubmission(db, {
    person,
    lab,
    states: ['queued', 'running'],
    submittedAt: at(2),
  });
  const [standing, ...more] = await readVerifiedStandings(db, [person], [lab]);
  expect(more).toEqual([]);
  expect(standing).toMatchObject({ submission: newest, state: 'running', submittedAt: at(2) });
  expect(standing?.verifiedAt).toBeInstanceOf(Date);
});

test('verifying an older attempt again does not hide the newest', async () => {
  const { db } = database;
  const person = await addTestPerson(database.db);
  const newest = await insertSubmission(db, {
    person,
    lab,
    states: ['not-reproduced'],
    submittedAt: at(2),
  });
  await insertSubmission(db, { person, lab, states: ['verified', 'queued'], submittedAt: at(1) });
  const [standing] = await readVerifiedStandings(db, [person], [lab]);
  expect(standing).toMatchObject({ submission: newest, state: 'not-reproduced' });
});

test('standings are of the people and labs that were asked for', async () => {
  const { db } = database;
  const [ada, bob] = [await addTestPerson(database.db), await addTestPerson(database.db)];
  await insertSubmission(db, { person: ada, lab, states: ['queued'] });
  await insertSubmission(db, { person: ada, lab: 'l02-model-server', states: ['queued'] });
  await insertSubmission(db, { person: bob, lab, states: ['queued'] });
  const standings = await readVerifiedStandings(db, [ada], [lab]);
  expect(standings).toMatchObject([{ person: ada, lab, state: 'queued', verifiedAt: null }]);
});

test('a submission is read with every step that it took', async () => {
  const { db } = database;
  const person = await addTestPerson(database.db);
  const id = await insertSubmission(db, { person, lab, states: ['queued', 'running', 'verified'] });
  const found = await readSubmission(db, id);
  expect(found?.steps.map(({ state }) => state)).toEqual(['queued', 'running', 'verified']);
  expect(await findSubmission(db, person, found!.verdict.id)).toEqual(found);
  expect(await findSubmission(db, await addTestPerson(db), found!.verdict.id)).toBeNull();
});

test('what was sent and what became of it cannot be changed, and goes with the account', async () => {
  const { db } = database;
  const person = await addTestPerson(database.db);
  const id = await insertSubmission(db, { person, lab, states: ['not-reproduced'] });
  const changes = [
    db.update(submission).set({ files: {} }).where(eq(submission.id, id)),
    db
      .update(submissionVerification)
      .set({ state: 'verified' })
      .where(eq(submissionVerification.submissionId, id)),
  ];
  for (const change of changes)
    await expect(change).rejects.toMatchObject({
      cause: { message: expect.stringContaining('only added') },
    });
  await db.delete(user).where(eq(user.id, person));
  expect(await readSubmission(db, id)).toBeNull();
  expect(await readVerifiedStandings(db, [person], [lab])).toEqual([]);
});
