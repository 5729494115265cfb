import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestTeams } from '#accounts/open-test-teams.ts';
import { member, user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { assign, changeAssignment } from './assign.ts';
import type { Asker } from './asker.ts';
import { extendAssignment } from './extend.ts';
import { listTeamWork } from './list-team-work.ts';
import { findManaged, listManaged } from './read-managed.ts';
import { readMine } from './read-mine.ts';
import { draftFor, shippedPath } from './testing/draft.ts';
import { content } from './testing/example.ts';
import { withdrawAssignment } from './withdraw.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const auditOf = async (id: string) => {
  const { rows } = await database.db.execute<{ action: string }>(
    sql`SELECT action FROM audit_log WHERE subject = ${`assignment:${id}`} ORDER BY id`,
  );
  return rows.map(({ action }) => action);
};
const kindsOf = async ({ db }: Asker, person: string) => {
  const mine = await readMine(db, { id: person });
  return [...mine.open, ...mine.upcoming, ...mine.past].map(({ standing }) => standing.kind);
};

test('a team is assigned a path, and each of its people sees it move with what they synced', async () => {
  const { manager, team, ada, bob } = await openTestTeams(database.db);
  const id = await assign(manager, shippedPath, draftFor({ teams: [team] }));
  expect(await kindsOf(manager, ada)).toEqual(['not-started']);
  expect(await kindsOf(manager, bob)).toEqual([]);
  await addTestEvent(database.db, ada, 'lesson-read', { lesson: 'course/two', how: 'marked' });
  expect(await kindsOf(manager, ada)).toEqual(['in-progress']);
  await addTestEvent(database.db, ada, 'lesson-read', { lesson: 'course/one', how: 'marked' });
  for (const check of ['a', 'b'])
    await addTestEvent(database.db, ada, 'check-answered', {
      lesson: 'course/one',
      check,
      correct: true,
    });
  await addTestEvent(database.db, ada, 'verdict', { lab: 'l06', result: 'fail' });
  expect(await kindsOf(manager, ada)).toEqual(['in-progress']);
  await addTestEvent(database.db, ada, 'verdict', { lab: 'l06', result: 'pass' });
  expect(await kindsOf(manager, ada)).toEqual(['done']);
  expect(await auditOf(id)).toEqual(['assignment made']);
});

test('a manager sees the people of their teams, of an assignment that is for others too', async () => {
  const { manager, admin, team, other, ada, mia, bob } = await openTestTeams(database.db);
  const id = await assign(admin, shippedPath, draftFor({ teams: [team, other] }));
  const seen = await findManaged(manager, id);
  expect(seen?.people.map(({ person }) => person.person)).toEqual([ada, mia]);
  expect(seen?.mayChange).toBe(false);
  const all = await findManaged(admin, id);
  expect(all?.people.map(({ person }) => person.person)).toEqual([ada, bob, mia]);
  expect(all?.mayChange).toBe(true);
});

test('nobody sees an assignment of people whom they do not manage, or of another organisation', async () => {
  const one = await openTestTeams(database.db);
  const two = await openTestTeams(database.db);
  const id = await assign(one.admin, shippedPath, draftFor({ people: [one.bob] }));
  expect(await findManaged(one.manager, id)).toBeNull();
  expect(await findManaged(two.admin, id)).toBeNull();
  expect(await listManaged(one.organisation.ask(one.ada, 'learner', [one.team]))).toEqual([]);
  expect(await listManaged(one.organisation.ask(one.ada, 'author', [one.team]))).toEqual([]);
});

test('who joins the team gets its work, who leaves it loses it, and so does who leaves the organisation', async () => {
  const { organisation, manager, team, ada } = await openTestTeams(database.db);
  await assign(manager, shippedPath, draftFor({ teams: [team] }));
  const cid = await organisation.addPerson('Cid', 'learner', [team], new Date());
  expect(await kindsOf(manager, cid)).toEqual(['not-started']);
  await organisation.leaveTeam(cid, team);
  expect(await kindsOf(manager, cid)).toEqual([]);
  await database.db.delete(member).where(eq(member.userId, ada));
  expect(await kindsOf(manager, ada)).toEqual([]);
});

test('who is assigned twice, as a person and in a team, has it once', async () => {
  const { manager, team, ada } = await openTestTeams(database.db);
  const id = await assign(manager, shippedPath, draftFor({ teams: [team], people: [ada] }));
  expect(await kindsOf(manager, ada)).toEqual(['not-started']);
  await changeAssignment(
    manager,
    (await findManaged(manager, id))!.assignment,
    0,
    draftFor({ people: [ada] }),
    null,
  );
  expect(await kindsOf(manager, ada)).toEqual(['not-started']);
  expect((await findManaged(manager, id))?.people).toHaveLength(1);
});

test('of two managers who change it at once the second is told', async () => {
  const { manager, admin, team } = await openTestTeams(database.db);
  const id = await assign(manager, shippedPath, draftFor({ teams: [team] }));
  const { assignment } = (await findManaged(manager, id))!;
  const changes = await Promise.all(
    [manager, admin].map((asker) =>
      changeAssignment(asker, assignment, 0, draftFor({ teams: [team], note: 'New.' }), null),
    ),
  );
  expect(changes.filter(Boolean)).toHaveLength(1);
  expect(await auditOf(id)).toEqual(['assignment made', 'assignment changed']);
});

test('content that changes makes a new version, and an assignment stays with its own until it is moved on', async () => {
  const { manager, team } = await openTestTeams(database.db);
  const path = { ...shippedPath, id: `moving-${team}` };
  const id = await assign(manager, path, draftFor({ teams: [team] }));
  const grown = { ...path, content: { ...content, title: 'Path, grown' } };
  const second = await assign(manager, grown, draftFor({ teams: [team] }));
  const third = await assign(manager, grown, draftFor({ teams: [team] }));
  const versions = await Promise.all(
    [id, second, third].map(async (each) => (await findManaged(manager, each))?.assignment.version),
  );
  expect(versions).toEqual([1, 2, 2]);
  const before = (await findManaged(manager, id))!.assignment;
  expect(before.content.title).toBe('Path');
  await changeAssignment(manager, before, 0, draftFor({ teams: [team] }), grown);
  const after = (await findManaged(manager, id))!.assignment;
  expect([after.version, after.content.title, after.revision]).toEqual([2, 'Path, grown', 1]);
});

test('a published version cannot be changed in the database', async () => {
  const { manager, team } = await openTestTeams(database.db);
  await assign(manager, shippedPath, draftFor({ teams: [team] }));
  const change = database.pool.query(`UPDATE path_version SET content = '{}'`);
  await expect(change).rejects.toThrow('a published version of a path never changes');
});

test('more time is for one person, the latest row counts, and it is in the audit log', async () => {
  const { organisation, manager, team, ada } = await openTestTeams(database.db);
  const eve = await organisation.addPerson('Eve', 'learner', [team]);
  const id = await assign(
    manager,
    shippedPath,
    draftFor({ teams: [team], dueAt: new Date(Date.now() + 1000) }),
  );
  const later = (days: number) => new Date(Date.now() + days * 86_400_000);
  const extend = (dueAt: Date, reason: string) =>
    extendAssignment(manager, id, { person: ada, dueLocal: '2026-01-09', dueAt, reason });
  await extend(later(30), 'Ill.');
  await extend(later(20), 'Back earlier.');
  const now = later(10);
  const standings = (await findManaged(manager, id, now))!.people;
  const of = (person: string) =>
    standings.find((entry) => entry.person.person === person)?.standing;
  expect([of(ada)?.kind, of(ada)?.extension?.reason]).toEqual(['not-started', 'Back earlier.']);
  expect(of(eve)?.kind).toBe('overdue');
  expect(await auditOf(id)).toEqual(['assignment made', 'extension granted', 'extension granted']);
});

test('an extension takes no time away when the end for all is moved past it', async () => {
  const { db } = database;
  const { manager, team, ada } = await openTestTeams(db);
  const later = (days: number) => new Date(Date.now() + days * 86_400_000);
  const id = await assign(manager, shippedPath, draftFor({ teams: [team], dueAt: later(5) }));
  const extension = { person: ada, dueLocal: '2026-01-09', dueAt: later(10), reason: 'Ill.' };
  await extendAssignment(manager, id, extension);
  const standing = async (now: Date) => {
    const managed = (await findManaged(manager, id, now))!.people;
    const [mine] = (await readMine(db, { id: ada }, now)).open;
    const seen = managed.find(({ person }) => person.person === ada)?.standing;
    expect(mine?.standing).toEqual(seen);
    return seen;
  };
  expect((await standing(later(7)))?.extension?.reason).toBe('Ill.');
  const move = async (dueAt: Date, revision: number) => {
    const { assignment } = (await findManaged(manager, id))!;
    const draft = draftFor({ teams: [team], dueAt });
    expect(await changeAssignment(manager, assignment, revision, draft, null)).toBe(true);
  };
  const moved = later(20);
  await move(moved, 1);
  const after = await standing(later(12));
  expect([after?.kind, after?.dueAt, after?.extension]).toEqual(['not-started', moved, null]);
  await move(later(6), 2);
  expect((await standing(later(7)))?.extension?.reason).toBe('Ill.');
});

test('what is withdrawn is asked of nobody, and cannot be changed or extended', async () => {
  const { manager, team, ada } = await openTestTeams(database.db);
  const id = await assign(manager, shippedPath, draftFor({ teams: [team] }));
  const { assignment } = (await findManaged(manager, id))!;
  expect(await withdrawAssignment(manager, id, 'Wrong path.')).toBe(true);
  expect(await withdrawAssignment(manager, id, 'Again.')).toBe(false);
  expect(await kindsOf(manager, ada)).toEqual([]);
  expect(await changeAssignment(manager, assignment, 1, draftFor({ teams: [team] }), null)).toBe(
    false,
  );
  const draft = { person: ada, dueLocal: '2026-01-09', dueAt: new Date(), reason: 'x' };
  expect(await extendAssignment(manager, id, draft)).toBe(false);
  expect(await auditOf(id)).toEqual(['assignment made', 'assignment withdrawn']);
});

test('a deleted account takes its place in every assignment along, not the assignment', async () => {
  const { manager, admin, team, ada, mia } = await openTestTeams(database.db);
  const id = await assign(manager, shippedPath, draftFor({ teams: [team], people: [ada] }));
  await database.db.delete(user).where(eq(user.id, ada));
  await database.db.delete(user).where(eq(user.id, mia));
  const left = await findManaged(admin, id);
  expect([left?.people, left?.assignment.createdBy]).toEqual([[], null]);
});

test('what goes with a team is named before: what is assigned to it and not withdrawn, the next due first', async () => {
  const { organisation, manager, admin, team, other, ada } = await openTestTeams(database.db);
  const named = (title: string) => ({ ...shippedPath, id: title, content: { ...content, title } });
  const later = (days: number) => new Date(Date.now() + days * 86_400_000);
  const give = (title: string, days: number, to: Parameters<typeof draftFor>[0]) =>
    assign(admin, named(`${title} ${team}`), draftFor({ dueAt: later(days), ...to }));
  const second = await give('Second', 9, { teams: [team] });
  const first = await give('First', 5, { teams: [team, other] });
  await give('Of one person', 5, { people: [ada] });
  await withdrawAssignment(manager, await give('Withdrawn', 5, { teams: [team] }), 'Wrong path.');
  const work = await listTeamWork(database.db, organisation.id);
  expect(work.get(team)).toEqual([
    { id: first, title: `First ${team}` },
    { id: second, title: `Second ${team}` },
  ]);
  expect(work.get(other)).toEqual([{ id: first, title: `First ${team}` }]);
  await organisation.removeTeam(team);
  expect((await listTeamWork(database.db, organisation.id)).get(team)).toBeUndefined();
});
