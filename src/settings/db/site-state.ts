import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';

/** What the database says of itself. */
export interface SiteState {
  /** For example `18.4`. */
  readonly postgres: string;
  /** For example `12 MB`. */
  readonly size: string;
  /** Oldest first. */
  readonly migrations: readonly { readonly name: string; readonly at: Date }[];
  readonly verification: VerificationQueue;
}

/** Attempts that the server grades once more. */
interface VerificationQueue {
  readonly waiting: number;
  readonly running: number;
  /** Ended by trouble of ours. */
  readonly errored: number;
  /** When the one that waits longest was sent; null where none waits. */
  readonly oldest: Date | null;
}

/** The version, the size, what was migrated, and what waits to be verified. */
export async function readSiteState(db: Queries): Promise<SiteState> {
  const { rows } = await db.execute<{ postgres: string; size: string }>(
    sql`SELECT split_part(current_setting('server_version'), ' ', 1) AS postgres,
      pg_size_pretty(pg_database_size(current_database())) AS size`,
  );
  const { rows: migrations } = await db.execute<{ name: string; at: string }>(
    sql`SELECT name, applied_at AS at FROM day2_migration ORDER BY name`,
  );
  const { postgres = '', size = '' } = rows[0] ?? {};
  return {
    postgres,
    size,
    migrations: migrations.map(({ name, at }) => ({ name, at: new Date(at) })),
    verification: await readQueue(db),
  };
}

/** Whether an organisation is the one that set the site up: its admins run the server. */
export async function isFirstOrganisation(db: Queries, id: string): Promise<boolean> {
  const { rows } = await db.execute<{ id: string }>(
    sql`SELECT id FROM organization ORDER BY created_at, id LIMIT 1`,
  );
  return rows[0]?.id === id;
}

async function readQueue(db: Queries): Promise<VerificationQueue> {
  const { rows } = await db.execute<{
    waiting: number;
    running: number;
    errored: number;
    oldest: string | null;
  }>(
    sql`SELECT count(*) FILTER (WHERE state = 'queued')::int AS waiting,
        count(*) FILTER (WHERE state = 'running')::int AS running,
        count(*) FILTER (WHERE state = 'errored')::int AS errored,
        min(submitted_at) FILTER (WHERE state = 'queued') AS oldest
      FROM (SELECT DISTINCT ON (submission_id) state, submitted_at
        FROM submission_verification ORDER BY submission_id, id DESC) AS newest`,
  );
  const { waiting = 0, running = 0, errored = 0, oldest = null } = rows[0] ?? {};
  return { waiting, running, errored, oldest: oldest === null ? null : new Date(oldest) };
}
