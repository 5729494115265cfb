import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { keepVerifying } from './keep-verifying.ts';
import { insertSubmission } from './testing/insert-submission.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const env = { DAY2_VERIFY: 'on', DAY2_VERIFY_CONCURRENCY: 1, DAY2_DIST: 'dist' } as const;
const warnings: unknown[] = [];
const log = {
  debug() {},
  info() {},
  error() {},
  fatal() {},
  warn: (...said: unknown[]) => warnings.push(said.at(-1)),
};

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

async function addWaiting(): Promise<string> {
  const person = await addTestPerson(database.db);
  return insertSubmission(database.db, { person, lab: 'l06-first-service', states: ['queued'] });
}

test('without Chromium nothing is graded, which is said, and what is sent waits in its turn', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere');
  const kept = keepVerifying(() => database, env, log);
  expect(await kept.isWorking).toBe(false);
  expect(await kept.isStaffed()).toBe(false);
  const [first, second] = [await addWaiting(), await addWaiting()];
  await kept.wake(first);
  expect([await kept.countAhead(first), await kept.countAhead(second)]).toEqual([0, 1]);
  await kept.close();
  expect(warnings).toEqual([expect.stringContaining('there is no Chromium')]);
});

test('before there is a database it waits for one, and it can be closed meanwhile', async () => {
  const kept = keepVerifying(() => null, env, log);
  await kept.wake(randomUUID());
  expect(await kept.isStaffed()).toBe(false);
  await kept.close();
  expect(await kept.isWorking).toBe(false);
});
