import { createLog } from '#platform/log.ts';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../open.ts';
import { makeDataFolder } from '../testing/data-folder.ts';
import { startNode } from '../testing/node-process.ts';
import { findOptionalPostmaster } from './postmaster.ts';
import { requirePassage } from './user.ts';

// Processes are started and databases made.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('makes a cluster that listens on its socket only, with a password that others cannot read', async () => {
  await using data = await makeDataFolder();
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
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
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
  const adopted = await findOptionalPostmaster(path.join(data.path, 'postgres'));
  expect(adopted?.pid).toBe(orphan?.pid);
  await insert(pool, 'after the kill');
  await close();
  const again = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
  expect(await countRows(again.pool)).toBe(1);
  await again.close();
});

test('a second opener is refused where the process of the first is not seen, whoever has its id here', async () => {
  await using data = await makeDataFolder();
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
  const file = path.join(data.path, 'postgres', 'postmaster.pid');
  const lock = await readFile(file, 'utf8');
  // Nobody's, and the one of this test's own process.
  for (const id of [2 ** 30, process.pid]) {
    const foreign = lock.replace(/^\d+/, String(id));
    await writeFile(file, foreign);
    await expect(openDatabase({ DAY2_DATA: data.path }, createLog('silent'))).rejects.toMatchObject(
      { kind: 'taken' },
    );
    expect(await readFile(file, 'utf8')).toBe(foreign);
  }
  await writeFile(file, lock);
  await insert(pool, 'afterwards');
  await close();
});

/** A container sees its own processes and shared memory only; whatever ends it ends all of them. */
const container = ['unshare', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc'];

test.skipIf(!mayRun(container))(
  'a second container on one volume is refused, and starts once the first is gone',
  async () => {
    await using data = await makeDataFolder();
    const env = { DAY2_DATA: data.path };
    const first = await startNode(env, container);
    expect(first.said).toBe('open');
    const second = await startNode(env, container);
    expect(second.said).toContain(
      'The data folder is in use by another Day Two server, in another container',
    );
    await first.end('SIGKILL');
    await untilSucceeds(async () => (await openDatabase(env, createLog('silent'))).close());
  },
);

/** Root in most containers. */
const withoutTracing = ['setpriv', '--bounding-set=-sys_ptrace'];

test.skipIf(!mayRun(withoutTracing))(
  'root that may not look into the processes of others starts the database, and adopts it',
  async () => {
    await using data = await makeDataFolder();
    const env = { DAY2_DATA: data.path };
    const first = await startNode(env, withoutTracing);
    expect(first.said).toBe('open');
    await first.end('SIGKILL');
    const second = await startNode(env, withoutTracing);
    expect(second.said).toBe('open');
    await second.end('SIGTERM');
  },
);

test('a PostgreSQL that is killed under a living server comes back with every acknowledged row', async () => {
  await using data = await makeDataFolder();
  const { pool, close } = await openDatabase({ DAY2_DATA: data.path }, createLog('silent'));
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
  await (await openDatabase(env, createLog('silent'))).close();
  // The id of this test's own process, as after a reboot.
  await writeFile(
    path.join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n1\n5432\n\n\n\n`,
  );
  await writeFile(path.join(data.path, 'run', '.s.PGSQL.5432.lock'), `${process.pid}\n`);
  await (await openDatabase(env, createLog('silent'))).close();
  const version = path.join(cluster, 'PG_VERSION');
  await writeFile(version, '17\n');
  await expect(openDatabase(env, createLog('silent'))).rejects.toThrow(
    'was written by PostgreSQL 17, and this release brings PostgreSQL 18.',
  );
  await chmod(version, 0o600);
  const other = path.join(data.path, 'other');
  await mkdir(path.join(other, 'postgres'), { recursive: true });
  await expect(openDatabase({ DAY2_DATA: other }, createLog('silent'))).rejects.toThrow(
    'is not a database of Day Two',
  );
});

test('a data folder with a long path gets its socket elsewhere', async () => {
  await using data = await makeDataFolder();
  const long = path.join(data.path, 'x'.repeat(100));
  const { pool, close } = await openDatabase({ DAY2_DATA: long }, createLog('silent'));
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
  await (await openDatabase({ DAY2_DATA: data.path }, createLog('silent'))).close();
  await writeFile(path.join(cluster, 'postgresql.auto.conf'), 'shared_buffers = nonsense');
  const failure = await openDatabase({ DAY2_DATA: data.path }, createLog('silent')).catch(String);
  expect(failure).toContain('postgresql.auto.conf" contains errors');
  await writeFile(path.join(cluster, 'postgresql.auto.conf'), '');
  await (await openDatabase({ DAY2_DATA: data.path }, createLog('silent'))).close();
});

test('a data folder that is a file is refused with the repair', async () => {
  await using data = await makeDataFolder();
  await writeFile(data.path, '');
  await expect(openDatabase({ DAY2_DATA: data.path }, createLog('silent'))).rejects.toThrow(
    'Repair: name a folder, not a file, with DAY2_DATA.',
  );
});

/** Root outside of most containers may. */
function mayRun([program = '', ...options]: readonly string[]): boolean {
  try {
    execFileSync(program, [...options, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

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
