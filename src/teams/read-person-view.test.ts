import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { describeStuck } from './describe-stuck.ts';
import { exportCsv, exportJson } from './export-matrix.ts';
import { readFilters } from './filters.ts';
import { readBlocked } from './read-blocked.ts';
import { readPersonView } from './read-person-view.ts';
import { readVerdictView } from './read-verdict-view.ts';
import { addEvent, addVerified, curriculum, makeTeam, verdictOf } from './testing/team.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const none = readFilters(new URL('http://localhost/team/'));
const daysAgo = (days: number) => {
  const moment = new Date(Date.now() - days * 86_400_000);
  return { at: moment, receivedAt: moment };
};

async function openTeam() {
  const organisation = await makeTeam(database.db);
  const team = await organisation.addTeam('Platform');
  const ada = await organisation.addPerson('Ada', 'learner', [team]);
  const bob = await organisation.addPerson('Bob', 'learner');
  const mia = await organisation.addPerson('Mia', 'manager', [team]);
  const root = await organisation.addPerson('Root', 'admin');
  return {
    organisation,
    team,
    ada,
    bob,
    learner: organisation.ask(ada, 'learner', [team]),
    manager: organisation.ask(mia, 'manager', [team]),
    admin: organisation.ask(root, 'admin'),
  };
}

test('the learner sees of themselves what their manager and the admin see of them', async () => {
  const { ada, learner, manager, admin } = await openTeam();
  const { db } = database;
  await addEvent(db, ada, 'verdict', verdictOf('l1', 'balanced'), daysAgo(9));
  await addEvent(db, ada, 'verdict', verdictOf('l3', null), daysAgo(8));
  await addVerified(db, ada, verdictOf('l3', null));
  const [mine, theirs, all] = await Promise.all([
    readPersonView(learner, curriculum, 'me'),
    readPersonView(manager, curriculum, ada),
    readPersonView(admin, curriculum, ada),
  ]);
  expect(mine).toMatchObject({ isSelf: true, person: { name: 'Ada', teams: ['Platform'] } });
  expect(theirs).toEqual({ ...mine, isSelf: false });
  expect(all).toEqual(theirs);
  expect(mine?.attempts.map(({ verdict }) => verdict.lab)).toEqual(['l3', 'l1']);
  expect(mine?.weeks.reduce((sum, { passed, verified }) => sum + passed * 10 + verified, 0)).toBe(
    11,
  );
  expect(mine?.watchers).toEqual([
    { name: 'Root', role: 'admin' },
    { name: 'Mia', role: 'manager' },
  ]);
});

test('nobody else’s page opens: not a colleague’s, not of another team, not of another organisation', async () => {
  const { ada, bob, learner, manager, admin, organisation, team } = await openTeam();
  const elsewhere = await openTeam();
  const id = await addEvent(database.db, ada, 'verdict', verdictOf('l1', 'balanced'));
  expect(await readPersonView(learner, curriculum, bob)).toBeNull();
  expect(await readPersonView(organisation.ask(bob, 'author', [team]), curriculum, ada)).toBeNull();
  expect(await readPersonView(manager, curriculum, bob)).toBeNull();
  expect(await readPersonView(elsewhere.admin, curriculum, ada)).toBeNull();
  expect(await readVerdictView(elsewhere.admin, ada, id)).toBeNull();
  expect(await readVerdictView(elsewhere.learner, 'me', id)).toBeNull();
  expect(await readVerdictView(admin, bob, id)).toBeNull();
  expect(await readVerdictView(admin, ada, 'no-uuid')).toBeNull();
  expect((await readVerdictView(learner, 'me', id))?.attempt.verdict.checks[1]).toMatchObject({
    id: 'balanced',
    measured: '97 %',
    hint: 'Look at the probes.',
  });
});

test('a verdict comes with what the server made of the same attempt', async () => {
  const { ada, manager } = await openTeam();
  const verdict = verdictOf('l1', null);
  const id = await addEvent(database.db, ada, 'verdict', verdict);
  expect((await readVerdictView(manager, ada, id))?.submission).toBeNull();
  await addVerified(database.db, ada, verdict, 'not-reproduced');
  const { submission } = (await readVerdictView(manager, ada, id))!;
  expect(submission?.steps.map(({ state }) => state)).toEqual(['not-reproduced']);
});

test('a submission that says the same as somebody else’s is a question, with a name only for who manages both', async () => {
  const { ada, bob, learner, manager, admin } = await openTeam();
  const passages = Array.from({ length: 12 }, (_, index) => index + 1);
  const verdict = verdictOf('l1', null);
  const id = await addEvent(database.db, ada, 'verdict', verdict);
  await addVerified(database.db, ada, verdict, 'verified', passages);
  expect((await readVerdictView(admin, ada, id))?.alike).toEqual([]);
  await addVerified(database.db, bob, verdictOf('l1', null), 'verified', passages);
  const question = { share: 1, passages: 12 };
  expect((await readVerdictView(admin, ada, id))?.alike).toMatchObject([
    { ...question, other: { name: 'Bob' } },
  ]);
  for (const asker of [manager, learner])
    expect((await readVerdictView(asker, ada, id))?.alike).toMatchObject([
      { ...question, other: null },
    ]);
});

test('who keeps failing at one check is stuck there, from the first attempt in a row that ended at it', async () => {
  const { ada, bob, admin } = await openTeam();
  const { db } = database;
  for (const [days, failed] of [
    [9, 'answers'],
    [8, 'balanced'],
    [7, 'balanced'],
  ] as const)
    await addEvent(db, ada, 'verdict', verdictOf('l1', failed), daysAgo(days));
  await addEvent(db, bob, 'verdict', verdictOf('l1', 'answers'), daysAgo(1));
  const { stuck } = (await readBlocked(admin, curriculum, none)).blocked;
  expect(stuck).toMatchObject([{ account: ada, lab: 'l1', check: 'balanced', attempts: 2 }]);
  expect(describeStuck(stuck[0]!, new Date())).toBe('for 8 days, over 2 attempts');
  await addVerified(db, ada, verdictOf('l1', null));
  expect((await readBlocked(admin, curriculum, none)).blocked.stuck).toEqual([]);
});

test('an export has everybody who matches, no formula, and a row in the audit log', async () => {
  const { organisation, admin, learner } = await openTeam();
  const evil = '=HYPERLINK("http://evil.example","Ada")';
  const eve = await organisation.addPerson(evil);
  await addEvent(database.db, eve, 'verdict', verdictOf('l3', null));
  const rows = parse<Record<string, string>>(await exportCsv(admin, curriculum, none), {
    columns: true,
    bom: true,
  });
  expect(rows.map(({ name }) => name)).toEqual([`'${evil}`, 'Ada', 'Bob', 'Mia', 'Root']);
  expect(rows[0]).toMatchObject({ 'unit-cost': 'passed, self-reported', queueing: 'nothing yet' });
  const json = await exportJson(admin, curriculum, { ...none, status: 'passed' });
  expect(json.people).toMatchObject([{ skills: { 'unit-cost': { level: 'passed', passed: 1 } } }]);
  expect((await exportJson(learner, curriculum, none)).people).toEqual([]);
  const { rows: audit } = await database.db.execute(
    sql`SELECT details->>'format' AS format, details->>'people' AS people FROM audit_log
      WHERE action = 'team exported' AND actor = ${admin.person.id} ORDER BY id`,
  );
  expect(audit).toEqual([
    { format: 'csv', people: '5' },
    { format: 'json', people: '1' },
  ]);
});
