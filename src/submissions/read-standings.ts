import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import type { VerificationState } from './state.ts';

/** Where a person stands with a lab, as far as the server's own grades go. */
export interface VerifiedStanding {
  readonly person: string;
  readonly lab: string;
  /** When the server's grade first passed an attempt of theirs; null where none did yet. */
  readonly verifiedAt: Date | null;
  /** The newest attempt that was sent; `readSubmission` has its verdicts. */
  readonly submission: string;
  readonly labVersion: number;
  readonly submittedAt: Date;
  /** The learner had looked at the solution when they made that attempt. */
  readonly solutionShown: boolean;
  /** What became of that attempt, since when, and why where that is to be said. */
  readonly state: VerificationState;
  readonly since: Date;
  readonly reason: string | null;
}

/**
 * One standing for each of these people and labs of which an attempt was sent: the newest attempt, and
 * whether any was verified. Two index scans however long the history of each is.
 */
export async function readVerifiedStandings(
  db: Queries,
  people: readonly string[],
  labs: readonly string[],
): Promise<VerifiedStanding[]> {
  if (people.length === 0 || labs.length === 0) return [];
  // In the order of the index read backwards, so that nothing is sorted.
  const { rows } = await db.execute<Row>(sql`
    WITH asked AS (
      SELECT * FROM submission_verification
      WHERE user_id = ANY(${sql.param([...people])}) AND lab = ANY(${sql.param([...labs])})
    ), latest AS (
      SELECT DISTINCT ON (user_id, lab) user_id, lab, submission_id, submitted_at, state, at, reason
      FROM asked ORDER BY user_id DESC, lab DESC, submitted_at DESC, id DESC
    ), passed AS (
      SELECT user_id, lab, min(at) AS at FROM asked WHERE state = 'verified' GROUP BY user_id, lab
    )
    SELECT latest.user_id AS person, latest.lab, passed.at AS "verifiedAt",
      latest.submission_id AS submission, submission.lab_version AS "labVersion",
      latest.submitted_at AS "submittedAt", submission.solution_shown AS "solutionShown",
      latest.state, latest.at AS since, latest.reason
    FROM latest JOIN submission ON submission.id = latest.submission_id
    LEFT JOIN passed ON passed.user_id = latest.user_id AND passed.lab = latest.lab`);
  return rows.map((row) => ({
    ...row,
    verifiedAt: row.verifiedAt === null ? null : new Date(row.verifiedAt),
    submittedAt: new Date(row.submittedAt),
    since: new Date(row.since),
  }));
}

interface Row extends Record<string, unknown> {
  person: string;
  lab: string;
  verifiedAt: string | null;
  submission: string;
  labVersion: number;
  submittedAt: string;
  solutionShown: boolean;
  state: VerificationState;
  since: string;
  reason: string | null;
}
