import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { expect, test, vi } from 'vitest';
import { isOutage, reasonOf } from './failure.ts';
import { openTestDatabase } from './open-test-database.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000 });

test('a query that failed is told without its parameters, in the message and in the stack', async () => {
  await using database = await openTestDatabase();
  const failure: unknown = await database.db
    .execute(sql`SELECT ${'hunter2'}::text::xml_is_no_type_here`)
    .catch((error: unknown) => error);
  expect(reasonOf(failure)).toContain('(in the query: SELECT $1::text::xml_is_no_type_here)');
  expect(inspect(failure)).not.toContain('hunter2');
  expect(inspect(failure)).toContain('failure.test.ts');
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
