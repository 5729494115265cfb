import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import { openTestTeams } from '#accounts/open-test-teams.ts';
import type { Asker } from '#assignments/asker.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { describeCell } from './describe-cell.ts';
import { readFilters } from './filters.ts';
import { readMatrix } from './read-matrix.ts';
import { addVerified, curriculum, verdictOf } from './testing/evidence.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const hoursAgo = (hours: number) => ({ receivedAt: new Date(Date.now() - hours * 3_600_000) });
const at = (query: string) => readFilters(new URL(`http://localhost/team/${query}`));
const show = async (asker: Asker, query = '') => {
  const { skills, people, cells } = await readMatrix(asker, curriculum, at(query));
  return Object.fromEntries(
    people.map(({ id, name }) => [
      name,
      Object.fromEntries(
        skills.flatMap((skill) => {
          const cell = cells.get(id)?.get(skill.id);
          return cell ? [[skill.id, describeCell(cell, skill)]] : [];
        }),
      ),
    ]),
  );
};
const namesOf = async (asker: Asker, query = '') => Object.keys(await show(asker, query));

test('skills come in the order of the courses, each with its labs and lessons', () => {
  expect(curriculum.skills.map(({ name, course, labs }) => [name, course, labs])).toEqual([
    ['Queueing', 'Serving', ['l1', 'l2']],
    ['Retries', 'Serving', ['l1']],
    ['KV cache', 'Serving', []],
    ['Unit cost', 'Labs of no course', ['l3']],
  ]);
});

test('a cell says the best evidence: a lesson counts as read, a verdict of the browser as self-reported, the server’s as verified', async () => {
  const { manager, ada } = await openTestTeams(database.db);
  const { db } = database;
  await addTestEvent(db, ada, 'lesson-read', { lesson: 'serving/two', how: 'marked' });
  expect(await show(manager)).toEqual({ Ada: { 'kv-cache': 'read' }, Mia: {} });
  await addTestEvent(db, ada, 'verdict', verdictOf('l1', 'answers'));
  expect((await show(manager))['Ada']).toMatchObject({ queueing: 'tried', retries: 'tried' });
  await addTestEvent(db, ada, 'verdict', verdictOf('l1', null));
  expect((await show(manager))['Ada']).toMatchObject({
    queueing: 'passed, self-reported: 1 of 2 labs',
    retries: 'passed, self-reported',
  });
  await addTestEvent(db, ada, 'verdict', verdictOf('l1', 'balanced'));
  await addVerified(db, ada, verdictOf('l2', null));
  await addVerified(db, ada, verdictOf('l3', null), 'not-reproduced');
  expect((await show(manager))['Ada']).toEqual({
    'kv-cache': 'read',
    queueing: 'passed, verified: 2 of 2 labs',
    retries: 'passed, self-reported',
  });
});

test('a run that did not complete is no attempt, and neither is a lab that this site does not have', async () => {
  const { manager, ada } = await openTestTeams(database.db);
  const errored = { result: null, run: { status: 'errored', reason: 'No pods.' } };
  await addTestEvent(database.db, ada, 'verdict', verdictOf('l1', 'answers', errored));
  await addTestEvent(database.db, ada, 'verdict', verdictOf('l99', null));
  expect((await show(manager))['Ada']).toEqual({});
});

test('a read mark that was taken back is none, by the time at which it happened and not at which it came', async () => {
  const { manager, ada } = await openTestTeams(database.db);
  const lesson = { lesson: 'serving/two' };
  const on = (hour: number) => ({ at: new Date(Date.UTC(2026, 0, 1, hour)) });
  await addTestEvent(database.db, ada, 'lesson-unread', lesson, on(9));
  await addTestEvent(database.db, ada, 'lesson-read', { ...lesson, how: 'marked' }, on(8));
  expect((await show(manager))['Ada']).toEqual({});
  await addTestEvent(database.db, ada, 'lesson-read', { ...lesson, how: 'marked' }, on(10));
  expect((await show(manager))['Ada']).toEqual({ 'kv-cache': 'read' });
});

test('a device whose clock is in the year 0 or far ahead spoils nothing', async () => {
  const { manager, ada } = await openTestTeams(database.db);
  const { db } = database;
  const id = await addTestEvent(db, ada, 'lesson-read', { lesson: 'serving/two', how: 'marked' });
  await database.pool.query(
    `UPDATE progress_entries SET content = jsonb_set(content, '{at}', '"0000-01-01T00:00:00Z"') WHERE id = $1`,
    [id],
  );
  const ahead = { at: new Date('9999-01-01T00:00:00Z') };
  await addTestEvent(db, ada, 'lesson-unread', { lesson: 'serving/two' }, ahead);
  await addTestEvent(db, ada, 'lesson-read', { lesson: 'serving/two', how: 'marked' });
  expect((await show(manager))['Ada']).toEqual({ 'kv-cache': 'read' });
});

test('a manager sees the people of their teams, an admin all, others and other organisations nobody', async () => {
  const { organisation, manager, admin, ada, team, other } = await openTestTeams(database.db);
  const elsewhere = await openTestTeams(database.db);
  expect(await namesOf(manager)).toEqual(['Ada', 'Mia']);
  expect(await namesOf(admin)).toEqual(['Ada', 'Bob', 'Mia', 'Root']);
  expect(await namesOf(admin, `?team=${other}`)).toEqual(['Bob']);
  expect(await namesOf(manager, `?team=${other}`)).toEqual([]);
  expect(await namesOf(elsewhere.admin, `?team=${team}`)).toEqual([]);
  expect(await namesOf(organisation.ask(ada, 'learner', [team]))).toEqual([]);
  expect(await namesOf(organisation.ask(ada, 'author', [team]))).toEqual([]);
});

test('filters narrow the skills and the people, and the order is by name or by activity', async () => {
  const { admin, ada, bob } = await openTestTeams(database.db);
  const { db } = database;
  await addTestEvent(db, bob, 'verdict', verdictOf('l1', 'answers'), hoursAgo(2));
  await addTestEvent(db, ada, 'verdict', verdictOf('l3', null));
  expect(await show(admin, '?lab=l3&status=passed')).toEqual({
    Ada: { 'unit-cost': 'passed, self-reported' },
  });
  expect(await namesOf(admin, '?skill=retries&status=tried')).toEqual(['Bob']);
  expect(await namesOf(admin, '?skill=retries&status=none')).toEqual(['Ada', 'Mia', 'Root']);
  expect(await namesOf(admin, '?status=stuck')).toEqual([]);
  for (let attempt = 0; attempt < 2; attempt++)
    await addTestEvent(db, bob, 'verdict', verdictOf('l1', 'answers'), hoursAgo(1));
  expect(await namesOf(admin, '?status=stuck')).toEqual(['Bob']);
  expect(await namesOf(admin, '?status=stuck&lab=l3')).toEqual([]);
  expect(await namesOf(admin, '?sort=name-down')).toEqual(['Root', 'Mia', 'Bob', 'Ada']);
  expect((await namesOf(admin, '?sort=recent')).slice(0, 2)).toEqual(['Ada', 'Bob']);
  expect(await namesOf(admin, '?sort=quiet')).toEqual(['Mia', 'Root', 'Bob', 'Ada']);
});

test('fifty people stand on a page, an address beyond the last page shows the last, an export has all', async () => {
  const organisation = await makeTestOrganisation(database.db);
  for (let number = 10; number < 63; number++) await organisation.addPerson(`Person ${number}`);
  const admin = organisation.ask('none', 'admin');
  const last = await readMatrix(admin, curriculum, at('?page=9'));
  expect(last).toMatchObject({ total: 53, page: 2, pages: 2 });
  expect(last.people.map(({ name }) => name)).toEqual(['Person 60', 'Person 61', 'Person 62']);
  const all = await readMatrix(admin, curriculum, at('?page=2'), { all: true });
  expect(all.people).toHaveLength(53);
});
