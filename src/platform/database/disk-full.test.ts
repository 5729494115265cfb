import { createLog } from '#platform/log.ts';
import { execFileSync } from 'node:child_process';
import { rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { isOutage } from '../failure.ts';
import { keepDatabase } from './keep.ts';
import { makeDataFolder } from './testing/data-folder.ts';
import { parseEnv } from '../env.ts';

// A PostgreSQL is made, fills its disk and recovers.
vi.setConfig({ testTimeout: 120_000 });

const insert = `INSERT INTO audit_log (actor, action, subject, details)
  VALUES ('test', 'row written', $1, $2) RETURNING id`;

test.skipIf(!mayMount())(
  'on a full disk nothing is acknowledged that is not kept, the reason is said, and it goes on once there is space',
  async () => {
    await using data = await makeDataFolder();
    await using disk = mountDisk(path.dirname(data.path), 128);
    const database = keepDatabase(parseEnv({ DAY2_DATA: data.path }), createLog('silent'));
    expect(await database.firstTry).toBeNull();
    const { pool } = await database.opened;
    // What somebody else keeps on the same disk.
    const { bavail, bsize } = await statfs(disk.path);
    const other = path.join(disk.path, 'other');
    await writeFile(other, Buffer.alloc(bavail * bsize - 6 * 1024 * 1024));

    const { acknowledged, failure } = await writeUntilItFails(pool);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(isOutage(failure), String(failure)).toBe(true);

    await rm(other);
    await untilAnswers(() => database.findFault());
    const { rows } = await pool.query<{ subject: string }>('SELECT subject FROM audit_log');
    const kept = new Set(rows.map(({ subject }) => subject));
    expect(acknowledged.filter((subject) => !kept.has(subject))).toEqual([]);
    await pool.query(insert, ['afterwards', '{}']);
    await database.close();
  },
);

type Pool = Awaited<ReturnType<typeof keepDatabase>['opened']>['pool'];

/** At most 64 MiB, of which the disk takes a tenth. */
async function writeUntilItFails(pool: Pool) {
  const acknowledged: string[] = [];
  // Random, so that it is not compressed.
  const details = () => JSON.stringify({ text: randomText(64 * 1024) });
  for (let row = 0; row < 1024; row++) {
    try {
      await pool.query(insert, [`row-${row}`, details()]);
      acknowledged.push(`row-${row}`);
    } catch (failure) {
      return { acknowledged, failure };
    }
  }
  throw new Error('The disk took everything.');
}

function randomText(length: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array((length * 3) / 4))).toString('base64');
}

async function untilAnswers(findFault: () => Promise<string | null>): Promise<void> {
  while ((await findFault()) !== null) await delay(100);
}

/** A small file system in memory. */
function mountDisk(folder: string, mebibytes: number): AsyncDisposable & { readonly path: string } {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'tmpfs', folder]);
  const unmount = async () => void execFileSync('umount', [folder]);
  return { path: folder, [Symbol.asyncDispose]: unmount };
}

/** Root outside of most containers. */
function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
