import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { expect, test, vi } from 'vitest';
import { isOutage, reasonOf, withoutParameters } from './failure.ts';
import { openTestDatabase } from './open-test-database.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000 });

test('a query that failed is told without its parameters, in the message and in the stack', async () => {
  await using database = await openTestDatabase();
  const failure: unknown = await database.db
    .execute(sql`SELECT ${'hunter2'}::int`)
    .catch((error: unknown) => error);
  expect(String(failure)).toContain('hunter2');
  const told = withoutParameters(failure) as Error;
  expect(told.stack).not.toContain('params');
  expect(reasonOf(failure)).toContain('(in the query: SELECT $1::int)');
  expect(told.stack).toContain('failure.test.ts');
  expect(isOutage(failure)).toBe(false);
});

test('a database that nobody answers for, or that was ended, is an outage; a mistake of ours is not', async () => {
  // Port 1 answers nobody.
  const pool = new Pool({ host: '127.0.0.1', port: 1 });
  const failure = await drizzle(pool)
    .execute(sql`SELECT 1`)
    .catch((error: unknown) => error);
  expect(isOutage(failure)).toBe(true);
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isOutage(Object.assign(new Error('disk full'), { code: '53100' }))).toBe(true);
  expect(isOutage(Object.assign(new Error('duplicate key'), { code: '23505' }))).toBe(false);
  expect(isOutage(new TypeError('x is undefined'))).toBe(false);
});
