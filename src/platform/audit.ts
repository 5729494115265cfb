import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import { auditLog } from './tables.ts';

/** A database or one transaction of it. */
export type Queries = PgDatabase<NodePgQueryResultHKT>;

export interface AuditEntry {
  /** Id of the person, or the name of the part of the program that acted. */
  readonly actor: string;
  /** A verb in the past tense, for example `role granted`. */
  readonly action: string;
  /** What it was done to, for example `user:<id>`. Ids only: the log outlives a deleted account. */
  readonly subject: string;
  /** `organisation` is the id of the one whose admins may read the row; without it nobody may. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes down who did what. Takes the transaction of the change itself, so that neither is without the other. */
export async function writeAudit(
  queries: Queries,
  ...entries: readonly AuditEntry[]
): Promise<void> {
  if (entries.length === 0) return;
  await queries.insert(auditLog).values(entries.map((entry) => ({ details: {}, ...entry })));
}
