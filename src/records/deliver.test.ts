import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import { gradedAnswer } from '#answers/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { collectStatements } from './collect.ts';
import { readKeeping } from './db/keeping.ts';
import { deliverStatements } from './deliver.ts';
import { openStoreClient } from './store-client.ts';
import { openStoreServer } from './testing/store-server.ts';
import { statementId } from './statement.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const origin = 'https://day2.example';

/** An organisation with one learner; what is left of other tests is out of the way. */
async function openOrganisation({ isOn = true } = {}) {
  const { db } = database;
  await db.execute(sql`DELETE FROM record_keeping`);
  const made = await makeTestOrganisation(db);
  const organisation = made.id;
  const person = await made.addPerson('Ada');
  if (isOn)
    await db.execute(
      sql`INSERT INTO record_keeping (organization_id, actor) VALUES (${organisation}, 'account')`,
    );
  const read = async (lesson: string) => {
    const id = await addTestEvent(db, person, 'lesson-read', { lesson, how: 'marked' });
    return statementId(organisation, { source: `entry:${person}:${id}` });
  };
  return { db, organisation, person, read };
}

/** Makes all that waits due now, as if time had passed. */
const passTime = () =>
  database.db.execute(sql`UPDATE record_statement SET next_at = now() WHERE outcome IS NULL`);

test('what was done becomes statements that a store takes once, however often it is collected and sent', async () => {
  await using server = await openStoreServer();
  const { db, organisation, read } = await openOrganisation();
  const ids = [await read('serving/one'), await read('serving/two')];
  await collectStatements(db, origin);
  await collectStatements(db, origin);
  const store = openStoreClient(server);
  expect(await deliverStatements(db, store)).toEqual({ sent: 2, refused: 0, outage: null });
  expect(await deliverStatements(db, store)).toEqual({ sent: 0, refused: 0, outage: null });
  expect([...server.kept.keys()].toSorted()).toEqual(ids.toSorted());
  // A node that died after the store's answer sends again.
  await db.execute(
    sql`UPDATE record_statement SET outcome = NULL, next_at = now() WHERE organization_id = ${organisation}`,
  );
  expect(await deliverStatements(db, store)).toMatchObject({ sent: 2 });
  expect(server.kept.size).toBe(2);
});

test('nothing becomes a statement where it is off, nor what the server learned before it was on', async () => {
  const { db, organisation, read } = await openOrganisation({ isOn: false });
  await read('serving/one');
  await collectStatements(db, origin);
  expect(await readKeeping(db, organisation)).toMatchObject({ on: null, waiting: 0 });
  await db.execute(
    sql`INSERT INTO record_keeping (organization_id, actor) VALUES (${organisation}, 'account')`,
  );
  await read('serving/two');
  await collectStatements(db, origin);
  expect(await readKeeping(db, organisation)).toMatchObject({ waiting: 1 });
});

test('of a check that counts the server’s grade becomes a statement, and nothing that a browser says of it', async () => {
  const { db, organisation, person } = await openOrganisation();
  const say = (check: string, correct: boolean) =>
    addTestEvent(db, person, 'check-answered', {
      lesson: 'serving/one',
      check,
      kind: 'single',
      correct,
      answer: [1],
    });
  const own = { account: person, lesson: 'serving/one', checkId: 'counts', answer: [2] };
  // It waited in a browser since before records were kept, and was graded just now.
  const answeredAt = new Date(Date.now() - 2 * 86_400_000);
  await db.insert(gradedAnswer).values({ ...own, correct: false, answeredAt });
  await say('counts', true);
  await say('practice', true);
  await collectStatements(db, origin);
  const { rows } = await db.execute(sql`
    SELECT statement->'object'->>'id' AS about, statement->'result' AS result,
      statement->'context'->'extensions' AS evidence
    FROM record_statement WHERE organization_id = ${organisation} ORDER BY about`);
  const lesson = `${origin}/courses/serving/one/`;
  const by = (name: string) => ({ [`${origin}/xapi/evidence`]: name });
  expect(rows).toEqual([
    {
      about: `${lesson}#check-counts`,
      result: { success: false, response: '2' },
      evidence: by('verified'),
    },
    {
      about: `${lesson}#check-practice`,
      result: { success: true, response: '1' },
      evidence: by('self-reported'),
    },
  ]);
});

test('several nodes at once collect and send each statement once', async () => {
  await using server = await openStoreServer();
  const { db, organisation, read } = await openOrganisation();
  for (let lesson = 0; lesson < 50; lesson++) await read(`serving/lesson-${lesson}`);
  const nodes = [1, 2, 3, 4];
  await Promise.all(nodes.map(() => collectStatements(db, origin)));
  const store = openStoreClient(server);
  const tallies = await Promise.all(nodes.map(() => deliverStatements(db, store)));
  expect(tallies.reduce((sum, { sent }) => sum + sent, 0)).toBe(50);
  expect(server.count()).toBe(50);
  expect(await readKeeping(db, organisation)).toMatchObject({ sent: 50, waiting: 0 });
});

test('a statement that the store cannot stomach stops no other, is refused or tried again, and at last given up', async () => {
  await using server = await openStoreServer();
  const { db, organisation, read } = await openOrganisation();
  const refused = await read('serving/refused');
  const poison = await read('serving/poison');
  const taken = await read('serving/taken');
  const conflict = await read('serving/fine');
  server.put(conflict, { verb: 'another' });
  server.fail(({ id }) => (id === refused ? 400 : id === poison ? 500 : null));
  await collectStatements(db, origin);
  const store = openStoreClient(server);
  expect(await deliverStatements(db, store)).toEqual({ sent: 1, refused: 2, outage: null });
  expect([...server.kept.keys()].toSorted()).toEqual([taken, conflict].toSorted());
  expect(server.kept.get(conflict)).toMatchObject({ verb: 'another' });
  for (let attempt = 0; attempt < 12; attempt++) {
    await passTime();
    await deliverStatements(db, store);
  }
  const { waiting, failed } = await readKeeping(db, organisation);
  expect(waiting).toBe(0);
  expect(Object.fromEntries(failed.map(({ id, outcome }) => [id, outcome]))).toEqual({
    [refused]: 'refused',
    [poison]: 'given-up',
    [conflict]: 'conflict',
  });
});

test('a store that is away, or lets nobody in, costs one request a batch, and all is sent when it is back', async () => {
  await using server = await openStoreServer();
  const { db, organisation, read } = await openOrganisation();
  for (const lesson of ['one', 'two', 'three']) await read(`serving/${lesson}`);
  await collectStatements(db, origin);
  const stranger = openStoreClient({ url: server.url, key: server.key, secret: 'wrong' });
  expect((await deliverStatements(db, stranger)).outage).toMatch(/^401 /);
  expect(server.count()).toBe(1);
  await passTime();
  const away = openStoreClient({ ...server, url: 'http://127.0.0.1:9/xapi' });
  expect((await deliverStatements(db, away)).outage).not.toBeNull();
  expect(await readKeeping(db, organisation)).toMatchObject({ waiting: 3, sent: 0, failed: [] });
  await passTime();
  expect(await deliverStatements(db, openStoreClient(server))).toMatchObject({ sent: 3 });
});

test('a node that dies while it sends leaves statements that another one takes', async () => {
  await using server = await openStoreServer();
  const { db, read } = await openOrganisation();
  await read('serving/one');
  await collectStatements(db, origin);
  const dying = { send: () => Promise.reject(new Error('The process was killed.')) };
  await expect(deliverStatements(db, dying)).rejects.toThrow('killed');
  const store = openStoreClient(server);
  expect(await deliverStatements(db, store)).toMatchObject({ sent: 0 });
  await passTime();
  expect(await deliverStatements(db, store)).toMatchObject({ sent: 1 });
});
