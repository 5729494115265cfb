import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../open.ts';
import { makeDataFolder } from '../testing/data-folder.ts';
import { startNode } from '../testing/node-process.ts';
import { silentLog } from '../testing/silent-log.ts';
import { findOptionalPostmaster } from './postmaster.ts';
import { requirePassage } from './user.ts';

// Processes are started and databases made.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('makes a cluster that listens on its socket only, with a password that others cannot read', async () => {
  await using data = await makeDataFolder();
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, silentLog);
  const { rows } = await pool.query<{ setting: string }>(
    `SELECT setting FROM pg_settings WHERE name IN ('fsync', 'listen_addresses') ORDER BY name`,
  );
  expect(rows.map(({ setting }) => setting)).toEqual(['on', '']);
  const file = path.join(data.path, 'postgres', 'day2-password');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file, 'utf8')).length).toBeGreaterThanOrEqual(32);
  await close();
  expect(await findOptionalPostmaster(path.join(data.path, 'postgres'))).toBeNull();
  // Nothing of the making is left.
  expect((await readdir(data.path)).sort()).toEqual(['postgres', 'run']);
});

test('a second opener is refused, and a server that was killed is taken over with every row', async () => {
  await using data = await makeDataFolder();
  const first = await startNode({ DAY2_DATA: data.path });
  expect(first.said).toBe('open');
  const second = await startNode({ DAY2_DATA: data.path });
  expect(second.said).toContain('The data folder is in use by another Day Two server.');
  expect(second.said).toContain('DAY2_DATA=other npm start');
  await first.end('SIGKILL');
  const orphan = await findOptionalPostmaster(path.join(data.path, 'postgres'));
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, silentLog);
  const adopted = await findOptionalPostmaster(path.join(data.path, 'postgres'));
  expect(adopted?.pid).toBe(orphan?.pid);
  await insert(pool, 'after the kill');
  await close();
  const again = await openDatabase({ DAY2_DATA: data.path }, silentLog);
  expect(await countRows(again.pool)).toBe(1);
  await again.close();
});

test('a PostgreSQL that is killed under a living server comes back with every acknowledged row', async () => {
  await using data = await makeDataFolder();
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, silentLog);
  await insert(pool, 'before the kill');
  const before = await findOptionalPostmaster(path.join(data.path, 'postgres'));
  process.kill(before!.pid, 'SIGKILL');
  // A session may outlive its postmaster for a moment, and what it acknowledges counts.
  await untilSucceeds(async () => {
    const after = await findOptionalPostmaster(path.join(data.path, 'postgres'));
    if (!after?.isReady || after.pid === before?.pid) throw new Error('It is not back yet.');
    await insert(pool, 'after the kill');
  });
  expect(await countRows(pool)).toBe(2);
  await close();
});

test('refuses a folder of another PostgreSQL, a folder that is none of ours, and starts beside a stranger with the old id', async () => {
  await using data = await makeDataFolder();
  const env = { DAY2_DATA: data.path };
  const cluster = path.join(data.path, 'postgres');
  await (await openDatabase(env, silentLog)).close();
  // The id of this test's own process, as after a reboot.
  await writeFile(
    path.join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n1\n5432\n\n\n\n`,
  );
  await writeFile(path.join(data.path, 'run', '.s.PGSQL.5432.lock'), `${process.pid}\n`);
  await (await openDatabase(env, silentLog)).close();
  const version = path.join(cluster, 'PG_VERSION');
  await writeFile(version, '17\n');
  await expect(openDatabase(env, silentLog)).rejects.toThrow(
    'was written by PostgreSQL 17, and this release brings PostgreSQL 18.',
  );
  await chmod(version, 0o600);
  const other = path.join(data.path, 'other');
  await mkdir(path.join(other, 'postgres'), { recursive: true });
  await expect(openDatabase({ DAY2_DATA: other }, silentLog)).rejects.toThrow(
    'is not a database of Day Two',
  );
});

test('a data folder with a long path gets its socket elsewhere', async () => {
  await using data = await makeDataFolder();
  const long = path.join(data.path, 'x'.repeat(100));
  const { pool, close } = await openDatabase({ DAY2_DATA: long }, silentLog);
  expect(await countRows(pool)).toBe(0);
  await close();
});

test('a folder that the user of the database may not pass is named with its mode and the repair', async () => {
  await using data = await makeDataFolder();
  await mkdir(data.path, { mode: 0o700 });
  const user = { uid: 65_534, gid: 65_534 };
  expect(() => requirePassage(path.join(data.path, 'postgres'), user)).toThrow(
    `may not pass through a folder of mode 700 on the way to ${data.path}/postgres. Where: ${data.path}. Repair: chmod o+x ${data.path}`,
  );
});

test('a PostgreSQL that gives up is quoted, and starts again once the cause is gone', async () => {
  await using data = await makeDataFolder();
  const cluster = path.join(data.path, 'postgres');
  await (await openDatabase({ DAY2_DATA: data.path }, silentLog)).close();
  await writeFile(path.join(cluster, 'postgresql.auto.conf'), 'shared_buffers = nonsense');
  const failure = await openDatabase({ DAY2_DATA: data.path }, silentLog).catch(String);
  expect(failure).toContain('postgresql.auto.conf" contains errors');
  await writeFile(path.join(cluster, 'postgresql.auto.conf'), '');
  await (await openDatabase({ DAY2_DATA: data.path }, silentLog)).close();
});

test('a data folder that is a file is refused with the repair', async () => {
  await using data = await makeDataFolder();
  await writeFile(data.path, '');
  await expect(openDatabase({ DAY2_DATA: data.path }, silentLog)).rejects.toThrow(
    'Repair: name a folder, not a file, with DAY2_DATA.',
  );
});

type Pool = Awaited<ReturnType<typeof openDatabase>>['pool'];

async function insert(pool: Pool, subject: string): Promise<void> {
  await pool.query(
    `INSERT INTO audit_log (actor, action, subject) VALUES ('test', 'row written', $1)`,
    [subject],
  );
}

async function countRows(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int FROM audit_log');
  return rows[0]?.count ?? -1;
}

async function untilSucceeds(write: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch {
      await delay(50);
    }
  }
}
