import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { deleteAccount } from './account/delete-account.ts';
import { countLink, countSignIn } from './db/sign-in-tries.ts';
import { consumeLimit } from './limits.ts';
import { makeTestOrganisation } from './make-test-organisation.ts';
import { rateLimit, user } from './tables.ts';
import type { Visit } from './visit.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

const limit = { seconds: 900, max: 5 };
const countTry = (key: string) => consumeLimit(database.db, key, limit);

async function listKeys(): Promise<string[]> {
  const rows = await database.db.select({ key: rateLimit.key }).from(rateLimit);
  return rows.map(({ key }) => key).toSorted();
}

test('a key that nobody tried for a day is forgotten when another one is tried for the first time', async () => {
  const begin = Date.now();
  const at = (hours: number) => vi.setSystemTime(begin + hours * 3_600_000);
  vi.useFakeTimers({ toFake: ['Date'] });
  at(0);
  await countTry('old:a');
  at(2);
  await countTry('young:a');
  at(25);
  await countTry('young:a');
  expect(await listKeys()).toEqual(['young:a']);
  await countTry('new:a');
  expect(await listKeys()).toEqual(['new:a', 'young:a']);
});

test('whoever deletes their account takes their tries along, and nobody else’s', async () => {
  const { db } = database;
  await db.delete(rateLimit);
  const organisation = await makeTestOrganisation(db);
  const id = await organisation.addPerson(`Ada ${randomUUID()}`);
  const { person } = organisation.ask(id, 'learner');
  const { email } = person;
  await countSignIn(db, email, '2001:db8::1');
  await countLink(db, email, '2001:db8::1');
  await countTry(`mail:${id}`);
  await countTry(`test-mail:x${id}`);
  await countSignIn(db, `x${email}`, '2001:db8::1');

  const signOut = () => Promise.resolve({ headers: new Headers() });
  const visit = { db, headers: new Headers(), auth: { api: { signOut } } } as unknown as Visit;
  const form = { name: 'delete', fields: { email }, values: { email } };
  expect(await deleteAccount(visit, person, form)).toMatchObject({ kind: 'done' });
  expect(await db.select().from(user)).toEqual([]);
  expect(await listKeys()).toEqual([
    'link-from:2001:db8::1',
    'sign-in-from:2001:db8::1',
    `sign-in:x${email}`,
    `sign-in:x${email}:2001:db8::1`,
    `test-mail:x${id}`,
  ]);
});
