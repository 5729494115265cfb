import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { countLink, countSignIn, forgetSignIns } from './sign-in-tries.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

test('200 people behind one address sign in at once, each with a slip before, and nobody waits', async () => {
  const { db } = database;
  const waits = await Promise.all(
    times(200).map(async (index) => {
      const email = `learner-${index}@example.org`;
      const slip = await countSignIn(db, email, '192.0.2.1');
      const right = await countSignIn(db, email, '192.0.2.1');
      await forgetSignIns(db, email, '192.0.2.1');
      return [slip, right];
    }),
  );
  expect(waits.flat().filter((wait) => wait !== null)).toEqual([]);
});

test('whoever guesses at one account waits after ten tries; the others at that address and the account elsewhere do not', async () => {
  const { db } = database;
  const guess = () => countSignIn(db, 'victim@example.org', '192.0.2.2');
  for (const _ of times(10)) expect(await guess()).toBeNull();
  const wait = (await guess()) ?? 0;
  expect(wait).toBeGreaterThan(200);
  expect(wait).toBeLessThanOrEqual(300);
  expect(await countSignIn(db, 'neighbour@example.org', '192.0.2.2')).toBeNull();
  expect(await countSignIn(db, 'victim@example.org', '192.0.2.3')).toBeNull();
});

test('guesses at one account from many addresses wait after a hundred', async () => {
  const { db } = database;
  for (const index of times(100))
    expect(await countSignIn(db, 'wanted@example.org', `198.51.100.${index}`)).toBeNull();
  expect(await countSignIn(db, 'wanted@example.org', '198.51.100.200')).toBeGreaterThan(600);
});

test('the right password forgets the slips before it', async () => {
  const { db } = database;
  const slip = () => countSignIn(db, 'clumsy@example.org', '192.0.2.4');
  for (const _ of times(9)) await slip();
  await forgetSignIns(db, 'clumsy@example.org', '192.0.2.4');
  for (const _ of times(10)) expect(await slip()).toBeNull();
});

test('a mailbox gets five links in a quarter of an hour, a classroom 200', async () => {
  const { db } = database;
  for (const _ of times(5)) expect(await countLink(db, 'one@example.org', '192.0.2.5')).toBeNull();
  expect(await countLink(db, 'one@example.org', '192.0.2.5')).toBeGreaterThan(0);
  const room = times(200).map((index) => countLink(db, `room-${index}@example.org`, '192.0.2.6'));
  expect((await Promise.all(room)).filter((wait) => wait !== null)).toEqual([]);
});
