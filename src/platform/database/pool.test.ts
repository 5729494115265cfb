import { createLog } from '#platform/log.ts';
import { expect, test, vi } from 'vitest';
import { openDatabase } from './open.ts';
import { makeDataFolder } from './testing/data-folder.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000 });

test('a connection that breaks between two statements of a transaction fails the next one, not the process', async () => {
  await using data = await makeDataFolder();
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
  const client = await pool.connect();
  await client.query('BEGIN');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const isBroken = new Promise((resolve) => client.once('end', resolve));
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await isBroken;
  await expect(client.query('SELECT 1')).rejects.toThrow(/not queryable|terminat/);
  client.release(true);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await close();
});
