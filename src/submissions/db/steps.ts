import { sql } from 'drizzle-orm';
import type { Verdict } from '#grading/verdict.ts';
import type { LabFiles } from '#labs/files.ts';
import type { Queries } from '#platform/audit.ts';
import type { VerificationState } from '../state.ts';

/** How often a submission is graded until trouble of ours is given up on. */
export const mostRuns = 4;

/** A change of state to be written down. */
export interface Step {
  readonly state: VerificationState;
  readonly actor: string;
  readonly seed?: number;
  readonly verdict?: Verdict;
  readonly reason?: string;
}

/** Writes a step down. Where the submission is gone with its account, nothing is written. */
export async function writeStep(db: Queries, submission: string, step: Step): Promise<void> {
  const { state, actor, seed = null, verdict, reason = null } = step;
  await db.execute(sql`
    INSERT INTO submission_verification
      (submission_id, user_id, lab, submitted_at, state, actor, seed, verdict, reason)
    SELECT id, user_id, lab, submitted_at, ${state}, ${actor}, ${seed}::bigint,
      ${verdict ? JSON.stringify(verdict) : null}::jsonb, ${reason}
    FROM submission WHERE id = ${submission}`);
}

/** One person's steps at a time, so that none is decided on what another is about to change. */
export async function lockPerson(db: Queries, person: string): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${person}, 1))`);
}

/** What a worker has to know of a submission. */
export interface Work {
  readonly lab: string;
  readonly labVersion: number;
  readonly files: LabFiles;
  readonly person: string;
  readonly state: VerificationState;
  /** How often it was begun since it was last asked for. */
  readonly runs: number;
}

/** The submission as it stands now, or null where it is gone. */
export async function readWork(db: Queries, submission: string): Promise<Work | null> {
  const { rows } = await db.execute<Work & Record<string, unknown>>(sql`
    SELECT s.lab, s.lab_version AS "labVersion", s.files, s.user_id AS person,
      (SELECT state FROM submission_verification v WHERE v.submission_id = s.id
        ORDER BY v.id DESC LIMIT 1) AS state,
      (SELECT count(*)::int FROM submission_verification v
        WHERE v.submission_id = s.id AND v.state = 'running' AND v.id > coalesce(
          (SELECT max(q.id) FROM submission_verification q
            WHERE q.submission_id = s.id AND q.state = 'queued'), 0)) AS runs
    FROM submission s WHERE s.id = ${submission}`);
  return rows[0] ?? null;
}

/** The submissions of a person at a lab that wait, for the first time or after trouble of ours. */
export async function listWaiting(db: Queries, person: string, lab: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT submission_id AS id FROM (
      SELECT DISTINCT ON (submission_id) submission_id, state FROM submission_verification
      WHERE user_id = ${person} AND lab = ${lab} ORDER BY submission_id, id DESC
    ) latest WHERE state IN ('queued', 'errored')`);
  return rows.map(({ id }) => id);
}
