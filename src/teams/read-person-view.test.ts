import { parse } from 'csv-parse/sync';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import { user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { describeStuck } from './describe-stuck.ts';
import { exportCsv, exportJson } from './export-matrix.ts';
import { readFilters } from './filters.ts';
import { readBlocked } from './read-blocked.ts';
import { readPersonView } from './read-person-view.ts';
import { readVerdictView } from './read-verdict-view.ts';
import { addVerified, curriculum, verdictOf } from './testing/evidence.ts';

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
  const organisation = await makeTestOrganisation(database.db);
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
  await addTestEvent(db, ada, 'verdict', verdictOf('l1', 'balanced'), daysAgo(9));
  await addTestEvent(db, ada, 'verdict', verdictOf('l3', null), daysAgo(8));
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
  const id = await addTestEvent(database.db, ada, 'verdict', verdictOf('l1', 'balanced'));
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
  const id = await addTestEvent(database.db, ada, 'verdict', verdict);
  expect((await readVerdictView(manager, ada, id))?.submission).toBeNull();
  await addVerified(database.db, ada, verdict, 'not-reproduced');
  const { submission } = (await readVerdictView(manager, ada, id))!;
  expect(submission?.steps.map(({ state }) => state)).toEqual(['not-reproduced']);
});

test('a submission that says the same as somebody else’s is a question, with a name only for who manages both', async () => {
  const { ada, bob, learner, manager, admin } = await openTeam();
  const passages = Array.from({ length: 12 }, (_, index) => index + 1);
  const verdict = verdictOf('l1', null);
  const id = await addTestEvent(database.db, ada, 'verdict', verdict);
  await addVerified(database.db, ada, verdict, 'verified', { passages });
  expect((await readVerdictView(admin, ada, id))?.alike).toEqual([]);
  await addVerified(database.db, bob, verdictOf('l1', null), 'verified', { passages });
  const question = { share: 1, passages: 12 };
  expect((await readVerdictView(admin, ada, id))?.alike).toMatchObject([
    { ...question, by: { name: 'Bob' } },
  ]);
  for (const asker of [manager, learner])
    expect((await readVerdictView(asker, ada, id))?.alike).toMatchObject([
      { ...question, by: null },
    ]);
});

test('what two people sent that is alike is a question on the page of who manages them, with a way to both verdicts', async () => {
  const { organisation, team, ada, bob, learner, manager, admin } = await openTeam();
  const { db } = database;
  const passages = Array.from({ length: 12 }, (_, index) => index + 1);
  const send = async (person: string, own: readonly number[]) => {
    const verdict = verdictOf('l1', null);
    const id = await addTestEvent(db, person, 'verdict', verdict);
    await addVerified(db, person, verdict, 'verified', { passages: own });
    return id;
  };
  const ask = async (asker: typeof admin, filters = none) =>
    (await readBlocked(asker, curriculum, filters)).blocked.questions;
  const hers = await send(ada, passages);
  expect(await ask(admin)).toEqual([]);
  const his = await send(bob, passages);
  const eve = await organisation.addPerson('Eve', 'learner', [team]);
  await send(eve, [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32]);
  const first = { account: ada, name: 'Ada', attempt: hers };
  const question = { lab: 'l1', share: 1, passages: 12 };
  expect(await ask(admin)).toMatchObject([
    { ...question, first: { by: first }, second: { by: { account: bob, attempt: his } } },
  ]);
  expect(await ask(manager)).toMatchObject([
    { ...question, first: { by: first }, second: { by: null } },
  ]);
  expect(await ask(manager, { ...none, lab: 'l2' })).toEqual([]);
  expect(await ask((await openTeam()).admin)).toEqual([]);
  expect(await ask(organisation.ask(ada, 'learner', [team]))).toEqual([]);
  for (const [asker, wanted] of [
    [learner, 'me'],
    [manager, ada],
    [admin, ada],
  ] as const)
    expect((await readPersonView(asker, curriculum, wanted))?.alike).toEqual(new Set([hers]));
  expect((await readPersonView(manager, curriculum, eve))?.alike).toEqual(new Set());
});

test('only the newest attempt at a lab, sent in the last 30 days, is asked about; one that no device synced leads to its person', async () => {
  const { ada, bob, admin } = await openTeam();
  const passages = Array.from({ length: 12 }, (_, index) => index + 1);
  const send = (person: string, days: number, more: object = { passages }) => {
    const options = { at: daysAgo(days).at, ...more };
    return addVerified(database.db, person, verdictOf('l1', null), 'verified', options);
  };
  const ask = async () => (await readBlocked(admin, curriculum, none)).blocked.questions;
  await send(bob, 40);
  await send(ada, 31);
  expect(await ask()).toEqual([]);
  await send(ada, 29);
  expect(await ask()).toMatchObject([
    { first: { by: { name: 'Bob', attempt: null } }, second: { by: { name: 'Ada' } } },
  ]);
  await send(ada, 1, {});
  expect(await ask()).toEqual([]);
});

test('who keeps failing at one check is stuck there, from the first attempt in a row that ended at it', async () => {
  const { ada, bob, admin } = await openTeam();
  const { db } = database;
  for (const [days, failed] of [
    [9, 'answers'],
    [8, 'balanced'],
    [7, 'balanced'],
  ] as const)
    await addTestEvent(db, ada, 'verdict', verdictOf('l1', failed), daysAgo(days));
  await addTestEvent(db, bob, 'verdict', verdictOf('l1', 'answers'), daysAgo(1));
  const { stuck } = (await readBlocked(admin, curriculum, none)).blocked;
  expect(stuck).toMatchObject([{ account: ada, lab: 'l1', check: 'balanced', attempts: 2 }]);
  expect(describeStuck(stuck[0]!, new Date())).toBe('for 8 days, over 2 attempts');
  await addVerified(db, ada, verdictOf('l1', null));
  expect((await readBlocked(admin, curriculum, none)).blocked.stuck).toEqual([]);
});

test('a device whose clock says 1970 makes nobody stuck before their account was there', async () => {
  const { ada, bob, admin } = await openTeam();
  const { db } = database;
  const clock = { at: new Date('1970-01-02T00:00:00Z'), receivedAt: new Date() };
  for (const person of [ada, bob])
    await addTestEvent(db, person, 'verdict', verdictOf('l1', 'answers'), clock);
  const { at: createdAt } = daysAgo(5);
  await db.update(user).set({ createdAt }).where(eq(user.id, ada));
  await db.update(user).set({ createdAt: new Date() }).where(eq(user.id, bob));
  const { stuck } = (await readBlocked(admin, curriculum, none)).blocked;
  expect(stuck).toMatchObject([{ account: ada, since: createdAt, last: createdAt }]);
});

test('an export has everybody who matches, no formula, and a row in the audit log', async () => {
  const { organisation, admin, learner } = await openTeam();
  const evil = '=HYPERLINK("http://evil.example","Ada")';
  const eve = await organisation.addPerson(evil);
  await addTestEvent(database.db, eve, 'verdict', verdictOf('l3', null));
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
