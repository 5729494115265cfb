import { createLog } from '#platform/log.ts';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Connection } from './connection.ts';
import { openEmbedded, type EmbeddedServer } from './embedded/open.ts';
import { migrate } from './migrate.ts';
import { readMigrations, type Migration } from './migrations.ts';
import { createPool } from './pool.ts';
import { makeDataFolder } from './testing/data-folder.ts';
import { startNode } from './testing/node-process.ts';
import { urlOf } from './testing/url-of.ts';

// Processes are started and databases made.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: EmbeddedServer;
let data: Awaited<ReturnType<typeof makeDataFolder>>;

beforeAll(async () => {
  data = await makeDataFolder();
  server = await openEmbedded(data.path, createLog('silent'));
});

afterAll(async () => {
  await server.close();
  await data[Symbol.asyncDispose]();
});

test('four nodes that start at once on an empty database migrate it once', async () => {
  const connection = await createDatabase('four');
  const env = { DATABASE_URL: urlOf(connection, 'four') };
  const nodes = await Promise.all([1, 2, 3, 4].map(() => startNode(env)));
  expect(nodes.map(({ said }) => said)).toEqual(['open', 'open', 'open', 'open']);
  await Promise.all(nodes.map((node) => node.end('SIGTERM')));
  const applied = await ask<{ name: string }>(connection, 'SELECT name FROM day2_migration');
  expect(applied.map(({ name }) => name)).toEqual((await readMigrations()).map(({ name }) => name));
});

test('a migration that fails half-way leaves nothing behind and says file, statement and repair', async () => {
  const connection = await createDatabase('half');
  const good = await writeMigration('0000_good', 'CREATE TABLE kept (id int)');
  const bad = await writeMigration(
    '0001_bad',
    'CREATE TABLE gone (id int)--> statement-breakpoint\nALTER TABLE missing ADD COLUMN x int',
  );
  const pool = createPool(connection, createLog('silent'));
  const failure = await migrate(pool, [good, bad]).catch(String);
  expect(failure).toContain(
    'Statement 2 of 2 of a migration failed: relation "missing" does not exist (42P01)',
  );
  expect(failure).toContain('The statement: ALTER TABLE missing ADD COLUMN x int');
  expect(failure).toContain(`Where: ${bad.file}.`);
  const tables = `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  expect(await ask(connection, tables)).toEqual([{ name: 'day2_migration' }, { name: 'kept' }]);
  const mended = await writeMigration('0001_bad', 'CREATE TABLE gone (id int)');
  expect(await migrate(pool, [good, mended])).toEqual(['0001_bad']);
  await pool.end();
});

test('a migration that another session is in the way of passes, and is applied once the way is free', async () => {
  const connection = await createDatabase('held');
  const first = await writeMigration('0000_held', 'CREATE TABLE held (id int)');
  const second = await writeMigration(
    '0001_longer',
    'SET LOCAL lock_timeout = 50--> statement-breakpoint\nALTER TABLE held ADD COLUMN x int',
  );
  const pool = createPool(connection, createLog('silent'));
  await migrate(pool, [first]);
  const other = new Client(connection.config);
  await other.connect();
  await other.query('BEGIN; LOCK TABLE held IN ACCESS SHARE MODE');
  const problem = await migrate(pool, [first, second]).catch((error: unknown) => error);
  expect(problem).toMatchObject({ kind: 'passing' });
  expect(String(problem)).toContain(
    'Statement 2 of 2 of a migration failed: canceling statement due to lock timeout (55P03).',
  );
  expect(String(problem)).toContain('Repair: see who holds the table');
  await other.end();
  expect(await migrate(pool, [first, second])).toEqual(['0001_longer']);
  await pool.end();
});

test.each([
  ['deadlock', raise('40P01'), 'passing', 'wait: another transaction was in the way.'],
  ['disk_full', raise('53100'), 'passing', 'free space on the disk of the database.'],
  ['kill', 'SELECT pg_terminate_backend(pg_backend_pid())', 'passing', 'see that PostgreSQL runs'],
  ['duplicate', raise('23505'), 'lasting', 'remove the cause that the message names'],
])('a migration that meets a %s says whether it may pass', async (name, sql, kind, repair) => {
  const pool = createPool(await createDatabase(name), createLog('silent'));
  const migration = await writeMigration(`0000_${name}`, sql);
  const problem = await migrate(pool, [migration]).catch((error: unknown) => error);
  expect(problem).toMatchObject({ kind });
  expect(String(problem)).toContain(`Repair: ${repair}`);
  await pool.end();
});

test('a database that is newer than the release, or that had another text of a migration, is refused', async () => {
  const connection = await createDatabase('newer');
  const first = await writeMigration('0000_first', 'CREATE TABLE first (id int)');
  const second = await writeMigration('0001_second', 'CREATE TABLE second (id int)');
  const pool = createPool(connection, createLog('silent'));
  await migrate(pool, [first, second]);
  await expect(migrate(pool, [first])).rejects.toThrow(
    'The database is newer than this release: it has the migration 0001_second',
  );
  await expect(migrate(pool, [{ ...first, hash: 'other' }, second])).rejects.toThrow(
    'The migration 0000_first was changed after this database had applied it.',
  );
  await pool.end();
});

test('the audit log takes rows and refuses to change or delete them', async () => {
  const connection = await createDatabase('audit');
  const pool = createPool(connection, createLog('silent'));
  await migrate(pool, await readMigrations());
  await pool.query(`INSERT INTO audit_log (actor, action, subject) VALUES ('a', 'b', 'c')`);
  for (const change of [`UPDATE audit_log SET actor = 'x'`, 'DELETE FROM audit_log']) {
    await expect(pool.query(change)).rejects.toThrow('only added, never changed or deleted');
  }
  await pool.end();
});

/** A statement that fails with a code of PostgreSQL. */
function raise(code: string): string {
  return `DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '${code}'; END $$`;
}

async function createDatabase(name: string): Promise<Connection> {
  await ask(server.connection, `CREATE DATABASE ${name}`);
  const { config, shown } = server.connection;
  return { config: { ...config, database: name }, shown };
}

async function ask<Row>({ config }: Connection, sql: string): Promise<Row[]> {
  const client = new Client(config);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as Row[];
}

async function writeMigration(name: string, sql: string): Promise<Migration> {
  const folder = path.join(data.path, `${name}-${sql.length}`);
  await mkdir(folder);
  await writeFile(path.join(folder, `${name}.sql`), sql);
  const [migration] = await readMigrations(folder);
  if (!migration) throw new Error('The migration was not read.');
  return migration;
}
