import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { compareFingerprints } from './likeness/compare.ts';

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
  const { rows } = await db.execute<Row>(sql`
    WITH asked AS (
      SELECT DISTINCT s.lab, m.organization_id AS organisation
      FROM submission s JOIN member m ON m.user_id = s.user_id
      WHERE s.id = ANY(${sql.param([...submissions])}::uuid[])
    )
    SELECT asked.organisation, s.lab, s.id AS submission, s.user_id AS person,
      s.submitted_at AS "submittedAt", s.fingerprints
    FROM asked
    JOIN member m ON m.organization_id = asked.organisation
    JOIN submission s ON s.user_id = m.user_id AND s.lab = asked.lab`);
  const asked = new Set(submissions);
  const groups = Map.groupBy(rows, ({ organisation, lab }) => `${organisation} ${lab}`);
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

function describe({ submission, person, submittedAt }: Row): AlikeSubmission {
  return { submission, person, submittedAt: new Date(submittedAt) };
}

interface Row extends Record<string, unknown> {
  organisation: string;
  lab: string;
  submission: string;
  person: string;
  submittedAt: string;
  fingerprints: number[];
}
