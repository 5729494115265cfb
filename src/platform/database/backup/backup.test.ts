import { createLog } from '#platform/log.ts';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openEmbedded, type EmbeddedServer } from '../embedded/open.ts';
import { migrate } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';
import { makeDataFolder } from '../testing/data-folder.ts';
import { restoreBackup } from './restore.ts';
import { writeBackup } from './write.ts';

// Processes are started and databases made.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROWS = 20_000;
const progress = () => {};

let server: EmbeddedServer;
let data: Awaited<ReturnType<typeof makeDataFolder>>;
let source: Pool;
let file: string;

beforeAll(async () => {
  data = await makeDataFolder();
  server = await openEmbedded(data.path, createLog('silent'));
  source = await makeDatabase('source');
  // Every character that COPY escapes, nothing at all, and a reference to a table that sorts later.
  await source.query(
    `INSERT INTO audit_log (actor, action, subject, details)
     SELECT 'actor ' || n, E'tab\\t line\\n return\\r back\\\\slash \\\\.', '', jsonb_build_object('n', n, 'ü', '\\')
     FROM generate_series(1, $1::int) n`,
    [ROWS],
  );
  await source.query(`INSERT INTO later VALUES (1, NULL), (2, E'\\\\.\\n\\\\.')`);
  await source.query('INSERT INTO earlier (later_id) VALUES (2)');
  file = path.join(data.path, 'whole.backup.gz');
});

afterAll(async () => {
  await source.end();
  await server.close();
  await data[Symbol.asyncDispose]();
});

test('a restore gives the same rows, and the next id follows the last', async () => {
  const rows = await writeBackup(source, file, progress);
  const empty = Object.fromEntries(Object.keys(rows).map((table) => [table, 0]));
  expect(rows).toEqual({ ...empty, audit_log: ROWS, later: 2, earlier: 1 });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const target = await makeDatabase('target');
  expect(await restoreBackup(target, { file, isReplacing: false, progress })).toEqual(rows);
  for (const table of ['audit_log', 'later', 'earlier']) {
    expect(await digest(target, table)).toBe(await digest(source, table));
  }
  const { rows: next } = await target.query<{ id: string }>(
    `INSERT INTO audit_log (actor, action, subject) VALUES ('a', 'b', 'c') RETURNING id`,
  );
  expect(Number(next[0]?.id)).toBe(ROWS + 1);
  await expect(restoreBackup(target, { file, isReplacing: false, progress })).rejects.toThrow(
    'The database is not empty: audit_log has rows.',
  );
  await restoreBackup(target, { file, isReplacing: true, progress });
  expect(await digest(target, 'audit_log')).toBe(await digest(source, 'audit_log'));
  await target.end();
});

test('which secret the servers of a place sign with stays there', async () => {
  await source.query(`INSERT INTO signing_secret (fingerprint) VALUES ('there')`);
  expect(await writeBackup(source, file, progress)).not.toHaveProperty('signing_secret');
  const target = await makeDatabase('here');
  await target.query(`INSERT INTO signing_secret (fingerprint) VALUES ('here')`);
  await restoreBackup(target, { file, isReplacing: false, progress });
  await restoreBackup(target, { file, isReplacing: true, progress });
  const { rows } = await target.query('SELECT fingerprint FROM signing_secret');
  expect(rows).toEqual([{ fingerprint: 'here' }]);
  await target.end();
});

test('a backup that is cut short, altered, or of another schema restores nothing', async () => {
  const target = await makeDatabase('untouched');
  const bytes = await readFile(file);
  const text = gunzipSync(bytes).toString();
  const broken = {
    'it ends too early|unexpected end of file': bytes.subarray(0, bytes.length / 2),
    'of audit_log it says': gzipSync(text.replace(/^1\t.*\n/m, '')),
    'holds schema version 9999_later': gzipSync(
      text
        .replace(/"migrations":\[/, '"migrations":[{"name":"9999_later","hash":"x"},')
        .replace(/,\{"name":"0.*?\}/g, ''),
    ),
    'incorrect header check': Buffer.from('not a backup'),
  };
  for (const [reason, content] of Object.entries(broken)) {
    const at = path.join(data.path, 'broken.gz');
    await writeFile(at, content);
    const restore = restoreBackup(target, { file: at, isReplacing: false, progress });
    await expect(restore).rejects.toThrow(new RegExp(reason));
    const { rows } = await target.query<{ count: number }>('SELECT count(*)::int FROM audit_log');
    expect(rows[0]?.count).toBe(0);
  }
  await target.end();
});

test('a backup that exists is left alone', async () => {
  const before = await readFile(file);
  await writeFile(`${file}.partial`, 'of a run beside this one');
  await expect(writeBackup(source, file, progress)).rejects.toThrow('EEXIST');
  expect(await readFile(file)).toEqual(before);
  expect(await readFile(`${file}.partial`, 'utf8')).toBe('of a run beside this one');
});

async function makeDatabase(name: string): Promise<Pool> {
  const admin = new Pool(server.connection.config);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const pool = new Pool({ ...server.connection.config, database: name });
  // Ending a pool does not wait for the server's goodbye, which the server's end may overtake.
  pool.on('error', (error) => {
    if (!pool.ending) throw error;
  });
  await migrate(pool, await readMigrations());
  await pool.query('CREATE TABLE later (id int PRIMARY KEY, note text)');
  await pool.query(
    `CREATE TABLE earlier (id int GENERATED BY DEFAULT AS IDENTITY, later_id int REFERENCES later,
      twice int GENERATED ALWAYS AS (later_id * 2) STORED)`,
  );
  return pool;
}

async function digest(pool: Pool, table: string): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>(
    `SELECT md5(string_agg(t::text, '|' ORDER BY id)) AS digest FROM ${table} t`,
  );
  return rows[0]?.digest ?? '';
}
