import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { verdictSchema, type Verdict } from '#grading/verdict.ts';
import type { Queries } from '#platform/audit.ts';

/** One verdict that a browser wrote. */
export interface Attempt {
  /** Of the entry; also its address. */
  readonly id: string;
  readonly at: Date;
  readonly verdict: Verdict;
}

interface Row extends Record<string, unknown> {
  id: string;
  at: string;
  verdict: unknown;
}

/** The newest verdicts of a person, the newest first. */
export function listAttempts(db: Queries, person: string, limit: number): Promise<Attempt[]> {
  return readWhere(db, sql`e.account = ${person}`, limit);
}

/** One of them; null where the person has none of that id. */
export async function findAttempt(
  db: Queries,
  person: string,
  id: string,
): Promise<Attempt | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return (await readWhere(db, sql`e.account = ${person} AND e.id = ${id}`, 1))[0] ?? null;
}

async function readWhere(db: Queries, where: SQL, limit: number): Promise<Attempt[]> {
  const { rows } = await db.execute<Row>(sql`
    SELECT e.id, progress_moment(e.happened, e.received_at) AS at, e.content->'payload' AS verdict
    FROM progress_entries e WHERE ${where} AND e.event = 'verdict'
    ORDER BY at DESC, e.id LIMIT ${limit}`);
  return rows.map(({ id, at, verdict }) => ({
    id,
    at: new Date(at),
    verdict: verdictSchema.parse(verdict),
  }));
}
