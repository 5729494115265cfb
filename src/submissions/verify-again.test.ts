import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  makeTestOrganisation,
  type TestAsker,
  type TestOrganisation,
} from '#accounts/make-test-organisation.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readSubmission } from './read-submission.ts';
import { insertSubmission } from './testing/insert-submission.ts';
import { verifyAgain } from './verify-again.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let submission: string;
let mine: TestOrganisation;
let foreign: TestOrganisation;
let team: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const { db } = database;
  [mine, foreign] = [await makeTestOrganisation(db), await makeTestOrganisation(db)];
  team = await mine.addTeam('Team');
  submission = await insertSubmission(db, {
    person: await mine.addPerson('Ada', 'learner', [team]),
    lab: 'l06-first-service',
    states: ['queued', 'running', 'not-reproduced'],
  });
});
afterAll(() => database[Symbol.asyncDispose]());

const ask = ({ db, person }: TestAsker) => verifyAgain(db, person, submission);

test('neither learners nor authors nor managers of other teams or organisations may ask', async () => {
  const others = [
    mine.ask('lea', 'learner', [team]),
    mine.ask('ann', 'author', [team]),
    mine.ask('mia', 'manager'),
    foreign.ask('max', 'manager', [await foreign.addTeam('Team')]),
    foreign.ask('eve', 'admin'),
  ];
  for (const asker of others) expect(await ask(asker)).toBe('hidden');
  expect((await readSubmission(database.db, submission))?.steps).toHaveLength(3);
});

test('a manager of the team asks once, with an audit row, and what was found before stays', async () => {
  const manager = mine.ask('mia', 'manager', [team]);
  expect([await ask(manager), await ask(manager)]).toEqual(['asked', 'open']);
  const sent = await readSubmission(database.db, submission);
  expect(sent?.steps.map(({ state }) => state)).toEqual([
    'queued',
    'running',
    'not-reproduced',
    'queued',
  ]);
  const { rows } = await database.db.execute(
    sql`SELECT actor, details->>'submission' AS submission FROM audit_log WHERE action = 'verification asked for'`,
  );
  expect(rows).toEqual([{ actor: 'mia', submission }]);
});
