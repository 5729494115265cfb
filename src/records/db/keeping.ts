import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { recordKeeping, recordStatement } from '../tables.ts';

/** Whether an organisation sends records, and how that goes. */
export interface Keeping {
  /** Null where it does not. */
  readonly on: { readonly actor: 'account' | 'mail'; readonly startedAt: Date } | null;
  readonly waiting: number;
  readonly sent: number;
  /** Statements that the store will not get, with what it said; the newest ten. */
  readonly failed: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly fault: string;
  }[];
  /** What the store said last to one that waits. */
  readonly trouble: string | null;
}

/** Reads it. */
export async function readKeeping(db: Queries, organisation: string): Promise<Keeping> {
  const [on] = await db
    .select({ actor: recordKeeping.actor, startedAt: recordKeeping.startedAt })
    .from(recordKeeping)
    .where(eq(recordKeeping.organizationId, organisation));
  const isOwn = eq(recordStatement.organizationId, organisation);
  const [counts] = await db
    .select({
      waiting: sql<number>`(count(*) FILTER (WHERE ${recordStatement.outcome} IS NULL))::int`,
      sent: sql<number>`(count(*) FILTER (WHERE ${recordStatement.outcome} = 'sent'))::int`,
      trouble: sql<
        string | null
      >`max(${recordStatement.fault}) FILTER (WHERE ${recordStatement.outcome} IS NULL)`,
    })
    .from(recordStatement)
    .where(isOwn);
  const failed = await db
    .select()
    .from(recordStatement)
    .where(and(isOwn, sql`${recordStatement.outcome} <> 'sent'`))
    .orderBy(sql`${recordStatement.settledAt} DESC`)
    .limit(10);
  return {
    on: on ?? null,
    waiting: counts?.waiting ?? 0,
    sent: counts?.sent ?? 0,
    trouble: counts?.trouble ?? null,
    failed: failed.map(({ id, outcome, fault }) => ({
      id,
      outcome: outcome ?? '',
      fault: fault ?? '',
    })),
  };
}
