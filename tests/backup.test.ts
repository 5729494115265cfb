import path from 'node:path';
import { eq } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { escapeIdentifier, type Pool } from 'pg';
import { expect, test, vi } from 'vitest';
import { restoreBackup } from '#platform/database/backup/restore.ts';
import { writeBackup } from '#platform/database/backup/write.ts';
import type { Connection } from '#platform/database/connection.ts';
import { openEmbedded } from '#platform/database/embedded/open.ts';
import { migrate } from '#platform/database/migrate.ts';
import { readMigrations } from '#platform/database/migrations.ts';
import { createPool } from '#platform/database/pool.ts';
import { makeDataFolder } from '#platform/database/testing/data-folder.ts';
import { createLog } from '#platform/log.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { activeWeek, labStanding, lessonStanding } from '#progress/tables.ts';
import { failedAt, fillTables, onDay } from './support/fill-tables.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000 });

const log = createLog('silent');
const progress = () => {};

test('every table comes back row by row, with sums that are right, and goes on from there', async () => {
  await using data = await makeDataFolder();
  const { connection, close } = await openEmbedded(data.path, log);
  const source = await makeDatabase(connection, 'source');
  const person = await fillTables(drizzle(source));
  const before = await digestTables(source);
  expect(Object.keys(before).filter((table) => before[table] === 'no rows')).toEqual([]);
  const file = path.join(data.path, 'whole.backup.gz');
  await writeBackup(source, file, progress);

  const target = await makeDatabase(connection, 'target');
  const db = drizzle(target);
  await restoreBackup(target, { file, isReplacing: false, progress });
  expect(await digestTables(target)).toEqual(before);
  expect(await readSums(db, person)).toMatchObject(sums);

  await addTestEvent(db, person, 'verdict', failedAt('balanced'), onDay(3));
  const [lab] = await db.select().from(labStanding).where(eq(labStanding.account, person));
  expect(lab).toMatchObject({ attempts: 3, since: onDay(1).at, last: onDay(3).at });
  // The next ids follow the last.
  await fillTables(db);
  await restoreBackup(target, { file, isReplacing: true, progress });
  expect(await digestTables(target)).toEqual(before);
  await Promise.all([source.end(), target.end()]);
  await close();
});

/** What the learner's entries of fillTables amount to. */
const sums = {
  labs: [
    {
      lab: 'l06',
      passedAt: null,
      failedCheck: 'balanced',
      attempts: 2,
      since: onDay(1).at,
      last: onDay(2).at,
    },
  ],
  lessons: [
    { lesson: 'course/one', readAt: onDay(1).at },
    { lesson: 'course/two', readAt: null },
  ],
  weeks: [{ week: '2026-01-05' }, { week: '2026-01-12' }],
};

async function readSums(db: NodePgDatabase, person: string) {
  const labs = await db.select().from(labStanding).where(eq(labStanding.account, person));
  const lessons = await db
    .select()
    .from(lessonStanding)
    .where(eq(lessonStanding.account, person))
    .orderBy(lessonStanding.lesson);
  const weeks = await db
    .select()
    .from(activeWeek)
    .where(eq(activeWeek.account, person))
    .orderBy(activeWeek.week);
  return { labs, lessons, weeks };
}

async function makeDatabase(connection: Connection, name: string): Promise<Pool> {
  const first = createPool(connection, log);
  await first.query(`CREATE DATABASE ${name}`);
  await first.end();
  const { config, shown } = connection;
  const pool = createPool({ config: { ...config, database: name }, shown }, log);
  await migrate(pool, await readMigrations());
  return pool;
}

/** An MD5 of the rows of each table but those that are about the place, which a backup leaves out. */
async function digestTables(pool: Pool): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
     AND tablename NOT IN ('day2_migration', 'signing_secret')`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ digest: string | null }>(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${escapeIdentifier(name)} t`,
    );
    digests[name] = rows[0]?.digest ?? 'no rows';
  }
  return digests;
}
