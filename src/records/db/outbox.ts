import { eq, sql } from 'drizzle-orm';
import type { Statement } from '@xapi/xapi';
import type { Queries } from '#platform/audit.ts';
import { recordStatement } from '../tables.ts';

/** A statement that this node has to send. */
export interface Claimed {
  readonly id: string;
  readonly statement: Statement;
  /** With this one. */
  readonly attempts: number;
}

/**
 * Takes statements whose time has come, for two minutes: another node gets others, and these again where
 * this one dies. Only of organisations that keep records.
 */
export async function claimStatements(db: Queries, limit: number): Promise<Claimed[]> {
  const { rows } = await db.execute<Claimed & Record<string, unknown>>(sql`
    UPDATE ${recordStatement} SET next_at = now() + interval '2 minutes', attempts = attempts + 1
    WHERE id IN (
      SELECT s.id FROM record_statement s
      JOIN record_keeping k ON k.organization_id = s.organization_id
      WHERE s.outcome IS NULL AND s.next_at <= now()
      ORDER BY s.next_at, s.id LIMIT ${limit} FOR UPDATE OF s SKIP LOCKED)
    RETURNING id, statement, attempts`);
  return rows;
}

/** Writes down what became of a statement for good. */
export async function settle(
  db: Queries,
  id: string,
  outcome: NonNullable<typeof recordStatement.$inferSelect.outcome>,
  fault: string | null,
): Promise<void> {
  await db
    .update(recordStatement)
    .set({ outcome, fault, settledAt: sql`now()` })
    .where(eq(recordStatement.id, id));
}

/** Gives a statement back, to be tried after 1, 2, 4 and so on minutes, at most an hour. */
export async function postpone(db: Queries, id: string, fault: string | null): Promise<void> {
  const pause = sql`least(interval '1 minute' * power(2, least(${recordStatement.attempts} - 1, 6)), interval '1 hour')`;
  await db
    .update(recordStatement)
    .set({ nextAt: sql`now() + ${pause}`, fault })
    .where(eq(recordStatement.id, id));
}

/** Gives a statement back that was not tried. */
export async function release(db: Queries, id: string): Promise<void> {
  await db
    .update(recordStatement)
    .set({
      nextAt: sql`now() + interval '1 minute'`,
      attempts: sql`${recordStatement.attempts} - 1`,
    })
    .where(eq(recordStatement.id, id));
}
