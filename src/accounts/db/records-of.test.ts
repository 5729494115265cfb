import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { calendarFeed, reminderOptOut } from '#assignments/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { addTestPerson } from '../add-test-person.ts';
import { account, session, user } from '../tables.ts';
import { readRecordsOf } from './records-of.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

async function addPerson(): Promise<string> {
  const { db } = database;
  const id = await addTestPerson(db);
  await db.insert(calendarFeed).values({ userId: id, id: `secret-${id}` });
  await db.insert(reminderOptOut).values({ userId: id });
  const expiresAt = new Date(Date.now() + 86_400_000);
  await db.insert(session).values({ id, userId: id, token: `secret-token-${id}`, expiresAt });
  const key = { id, accountId: id, providerId: 'credential', userId: id };
  await db.insert(account).values({ ...key, password: `secret-hash-${id}` });
  await addTestEvent(db, id, 'solution-shown', { lab: 'l06-first-service' });
  return id;
}

test('a person gets every row that is theirs, nobody else’s, and no secret', async () => {
  const [ada] = [await addPerson(), await addPerson()];
  const records = await readRecordsOf(database.db, ada);
  expect(records['progress_entries']).toMatchObject([{ content: { kind: 'solution-shown' } }]);
  expect(records['calendar_feed']).toMatchObject([{ user_id: ada }]);
  expect(records['reminder_opt_out']).toHaveLength(1);
  expect(Object.keys(records)).toEqual(
    expect.arrayContaining([
      'assignment_extension',
      'assignment_target',
      'reminder',
      'team_member',
    ]),
  );
  expect(JSON.stringify(records)).not.toContain('secret-');
});

test('deleting a person deletes all of it, and no table keeps them from being deleted', async () => {
  const ada = await addPerson();
  await database.db.delete(user).where(eq(user.id, ada));
  const records = await readRecordsOf(database.db, ada);
  expect(Object.values(records).flat()).toEqual([]);
  const { rows } = await database.db.execute(sql`
    SELECT conrelid::regclass::text AS source FROM pg_constraint
    WHERE contype = 'f' AND confrelid = 'public."user"'::regclass AND confdeltype NOT IN ('c', 'n')`);
  expect(rows).toEqual([]);
});
