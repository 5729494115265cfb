import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { compareFingerprints, fewest } from './likeness/compare.ts';

/** Of somebody who sends again and again, so many of the newest are compared. */
const NEWEST = 5;
/** Of a lab so many of the newest are compared, because a page waits for it. */
const MOST = 2000;

/** One of two submissions that are alike. */
interface AlikeSubmission {
  readonly submission: string;
  readonly person: string;
  readonly submittedAt: Date;
}

/** Two submissions of different people of one organisation that say the same. A question, not a verdict. */
export interface Likeness {
  readonly lab: string;
  readonly one: AlikeSubmission;
  readonly other: AlikeSubmission;
  /** Passages that both have and that neither the lab's files nor several other learners do. */
  readonly passages: number;
  /** How much of the smaller one's own passages those are, from 0 to 1. */
  readonly share: number;
}

/**
 * For each of these submissions, the submissions of other people of the same organisation at the same lab
 * that are alike, the closest first. The earlier one of a pair is `one`.
 */
export async function findLikenesses(
  db: Queries,
  submissions: readonly string[],
): Promise<Likeness[]> {
  if (submissions.length === 0) return [];
  const ids = sql`${sql.param([...submissions])}::uuid[]`;
  const { rows } = await db.execute<Row>(sql`
    WITH asked AS (
      SELECT DISTINCT s.lab, m.organization_id AS organisation
      FROM submission s JOIN member m ON m.user_id = s.user_id
      WHERE s.id = ANY(${ids}) AND cardinality(s.fingerprints) >= ${fewest}
    ), class AS (
      SELECT asked.organisation, s.lab, s.id, s.user_id, s.submitted_at, s.fingerprints,
        row_number() OVER (PARTITION BY asked.organisation, s.lab, s.user_id
          ORDER BY s.submitted_at DESC) AS place
      FROM asked
      JOIN submission s ON s.lab = asked.lab
      JOIN member m ON m.organization_id = asked.organisation AND m.user_id = s.user_id
      WHERE cardinality(s.fingerprints) >= ${fewest}
    ), latest AS (
      SELECT *, row_number() OVER (PARTITION BY organisation, lab ORDER BY submitted_at DESC) AS age
      FROM class WHERE place <= ${NEWEST} OR id = ANY(${ids})
    )
    SELECT organisation, lab, id AS submission, user_id AS person, submitted_at AS "submittedAt",
      array_to_string(fingerprints, ',') AS passages
    FROM latest WHERE age <= ${MOST} OR id = ANY(${ids})`);
  const asked = new Set(submissions);
  // Numbers in a text are read ten times as fast as those of an array.
  const read = rows.map((row) => ({ ...row, fingerprints: row.passages.split(',').map(Number) }));
  const groups = Map.groupBy(read, ({ organisation, lab }) => `${organisation} ${lab}`);
  const found = [...groups.values()].flatMap((group) => compareFingerprints(group, asked));
  // Two people may share more than one organisation.
  const pairs = new Map(
    found.map((pair) => [`${pair.one.submission} ${pair.other.submission}`, pair]),
  );
  return [...pairs.values()]
    .map(({ one, other, passages, share }) => ({
      lab: one.lab,
      one: describe(one),
      other: describe(other),
      passages,
      share,
    }))
    .toSorted((a, b) => b.share - a.share || b.passages - a.passages);
}

type Sent = Pick<Row, 'submission' | 'person' | 'submittedAt'>;

function describe({ submission, person, submittedAt }: Sent): AlikeSubmission {
  return { submission, person, submittedAt: new Date(submittedAt) };
}

interface Row extends Record<string, unknown> {
  organisation: string;
  lab: string;
  submission: string;
  person: string;
  submittedAt: string;
  passages: string;
}
