import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';

/** A database whose migrations are applied. Its connections come back by themselves after an outage; a query in the meantime is rejected. */
export interface Database {
  readonly db: NodePgDatabase;
  readonly pool: Pool;
  /** Ends every connection, then the embedded PostgreSQL where this process runs it. */
  readonly close: () => Promise<void>;
}
