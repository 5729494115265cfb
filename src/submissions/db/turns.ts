import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { mostRuns } from './steps.ts';

/*
 * Whose turn it is: first what each person asked for first, then what each asked for second, and so on. So
 * somebody who sends every lab at once is in nobody's way.
 */

/** A submission whose verification has no end yet. */
export interface Unfinished {
  readonly id: string;
  /** How many of the same person's come before it. */
  readonly turn: number;
}

/** All of them, in the order in which they are to be graded. */
export async function listUnfinished(db: Queries): Promise<Unfinished[]> {
  const { rows } = await db.execute<{ id: string; turn: number }>(sql`
    SELECT submission_id AS id,
      (row_number() OVER (PARTITION BY user_id ORDER BY id) - 1)::int AS turn
    FROM (
      SELECT v.submission_id, v.user_id, v.state, v.id,
        count(*) FILTER (WHERE v.state = 'running') OVER (PARTITION BY v.submission_id) AS runs,
        row_number() OVER (PARTITION BY v.submission_id ORDER BY v.id DESC) AS place
      FROM submission_verification v
      WHERE NOT EXISTS (
        SELECT 1 FROM submission_verification later
        WHERE later.submission_id = v.submission_id AND later.id > v.id
          AND later.state IN ('queued', 'verified', 'not-reproduced', 'superseded'))
    ) latest
    WHERE place = 1 AND (state IN ('queued', 'running') OR (state = 'errored' AND runs < ${mostRuns}))
    ORDER BY turn, latest.id`);
  return rows;
}

/** How many submissions of the same person that wait or run were asked for before this one. */
export async function readTurn(db: Queries, submission: string): Promise<number> {
  const { rows } = await db.execute<{ turn: number }>(sql`
    WITH mine AS (
      SELECT v.user_id, max(v.id) AS id FROM submission_verification v
      WHERE v.submission_id = ${submission} GROUP BY v.user_id
    ), latest AS (
      SELECT DISTINCT ON (v.submission_id) v.state, v.id
      FROM submission_verification v JOIN mine ON mine.user_id = v.user_id
      ORDER BY v.submission_id, v.id DESC
    )
    SELECT count(*)::int AS turn FROM latest, mine
    WHERE latest.state IN ('queued', 'running') AND latest.id < mine.id`);
  return rows[0]?.turn ?? 0;
}

/** What was asked for within a day and still waits, in the order in which it is to be graded. */
export async function listWaitingInTurn(db: Queries): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT submission_id AS id FROM (
      SELECT v.submission_id, v.state, v.id, row_number() OVER (PARTITION BY v.user_id ORDER BY v.id) AS turn
      FROM submission_verification v
      WHERE v.state IN ('queued', 'running') AND v.at > now() - interval '1 day' AND NOT EXISTS (
        SELECT 1 FROM submission_verification later
        WHERE later.submission_id = v.submission_id AND later.id > v.id)
    ) open WHERE state = 'queued' ORDER BY turn, open.id`);
  return rows.map(({ id }) => id);
}
