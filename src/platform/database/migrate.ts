import type { Pool, PoolClient } from 'pg';
import { explainMigrationFailure } from './migration-problem.ts';
import type { Migration } from './migrations.ts';
import { DatabaseProblem } from './problem.ts';

/** Where the applied migrations are written down. */
export const migrationTable = 'day2_migration';

/** Any number, as long as every node takes the same. */
const LOCK = 6_203_198_201;

/**
 * Applies what is missing, oldest first, each in a transaction of its own under one advisory lock,
 * so that nodes that start at once wait for each other. Resolves to the names that this call applied.
 * A transaction's lock also holds behind a pooler that shares sessions.
 */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = [];
  for (;;) {
    const name = await applyNext(pool, migrations);
    if (name === null) return applied;
    applied.push(name);
  }
}

async function applyNext(pool: Pool, migrations: readonly Migration[]): Promise<string | null> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const next = await findNext(client, migrations);
    if (next) await apply(client, next);
    await client.query('COMMIT');
    client.release();
    return next?.name ?? null;
  } catch (error) {
    // Closing the connection rolls back, also where ROLLBACK itself could not be sent.
    client.release(true);
    throw error;
  }
}

async function findNext(
  client: PoolClient,
  migrations: readonly Migration[],
): Promise<Migration | null> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await client.query(`CREATE TABLE IF NOT EXISTS ${migrationTable} (
    name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ name: string; hash: string }>(
    `SELECT name, hash FROM ${migrationTable} ORDER BY name`,
  );
  for (const row of rows) refuseUnknown(row, migrations);
  const done = new Set(rows.map(({ name }) => name));
  return migrations.find(({ name }) => !done.has(name)) ?? null;
}

function refuseUnknown(row: { name: string; hash: string }, migrations: readonly Migration[]) {
  const known = migrations.find(({ name }) => name === row.name);
  if (!known) {
    throw new DatabaseProblem('lasting', {
      found: `The database is newer than this release: it has the migration ${row.name}, which this release does not know.`,
      where: `table ${migrationTable}`,
      repair:
        'start the newer release again, or restore the backup that was made before the upgrade into an empty database and use that.',
    });
  }
  if (known.hash === row.hash) return;
  throw new DatabaseProblem('lasting', {
    found: `The migration ${row.name} was changed after this database had applied it.`,
    where: known.file,
    repair: 'put the file back as it was released, and write the change as a new migration.',
  });
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  // A table that is in use would otherwise queue every later query behind the migration.
  await client.query("SET LOCAL lock_timeout = '10s'");
  for (const [index, statement] of migration.statements.entries()) {
    await client.query(statement).catch((error: unknown) => {
      throw explainMigrationFailure(migration, index, error);
    });
  }
  await client.query(`INSERT INTO ${migrationTable} (name, hash) VALUES ($1, $2)`, [
    migration.name,
    migration.hash,
  ]);
}
