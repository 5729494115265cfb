import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import type { Database } from '#platform/database.ts';
import type { Env } from '#platform/env.ts';
import type { Log } from '#platform/log.ts';
import { connectionOf, explainConnectionError, type Connection } from './connection.ts';
import { openEmbedded } from './embedded/open.ts';
import { hideParametersOfFailures } from './hide-parameters.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { createPool } from './pool.ts';
import { DatabaseProblem } from './problem.ts';

type DatabaseEnv = Pick<Env, 'DATABASE_URL' | 'DAY2_DATA'>;

/**
 * Opens the database that the environment names, starting the embedded one where it names none, and
 * applies the migrations. Throws a DatabaseProblem.
 */
export async function openDatabase(
  env: DatabaseEnv,
  log: Log,
  signal?: AbortSignal,
): Promise<Database> {
  const place = await openPlace(env, log, signal);
  const pool = createPool(place.connection, log);
  const close = async () => {
    await pool.end();
    await place.close();
  };
  hideParametersOfFailures();
  try {
    await applyMigrations(pool, place.connection, log);
    signal?.throwIfAborted();
  } catch (error) {
    await close();
    throw error;
  }
  return { db: drizzle(pool), pool, close };
}

/** A PostgreSQL to connect to, and how to let go of it. */
interface Place {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

async function openPlace(env: DatabaseEnv, log: Log, signal?: AbortSignal): Promise<Place> {
  if (!env.DATABASE_URL) return openEmbedded(env.DAY2_DATA, log, signal);
  return { connection: connectionOf(env.DATABASE_URL), close: async () => {} };
}

async function applyMigrations(pool: Pool, connection: Connection, log: Log): Promise<void> {
  const migrations = await readMigrations();
  const applied = await migrate(pool, migrations).catch((error: unknown) => {
    throw error instanceof DatabaseProblem ? error : explainConnectionError(error, connection);
  });
  for (const name of applied) log.info({ migration: name }, 'migration applied');
}
