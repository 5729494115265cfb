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
}

/** The version, the size, and what was migrated. */
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
  };
}

/** Whether an organisation is the one that set the site up: its admins run the server. */
export async function isFirstOrganisation(db: Queries, id: string): Promise<boolean> {
  const { rows } = await db.execute<{ id: string }>(
    sql`SELECT id FROM organization ORDER BY created_at, id LIMIT 1`,
  );
  return rows[0]?.id === id;
}
