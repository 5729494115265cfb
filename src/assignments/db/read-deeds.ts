import { sql } from 'drizzle-orm';
import { gradedAnswer } from '#answers/tables.ts';
import type { Queries } from '#platform/audit.ts';
import type { Deed } from '../deed.ts';

interface Row extends Record<string, unknown> {
  account: string;
  kind: Deed['kind'];
  at: string;
  received: string;
  lesson: string | null;
  check: string | null;
  lab: string | null;
  passed: boolean;
}

/** What these people did in these lessons and labs, as far as the server knows, by person. */
export async function readDeeds(
  db: Queries,
  people: readonly string[],
  { lessons, labs }: { readonly lessons: readonly string[]; readonly labs: readonly string[] },
): Promise<ReadonlyMap<string, readonly Deed[]>> {
  if (people.length === 0) return new Map();
  // Of the long verdicts only what PostgreSQL computed as it stored them is read.
  const { rows } = await db.execute<Row>(sql`
    SELECT account, event AS kind, coalesce(happened::timestamptz, received_at) AS at, received_at AS received,
      CASE WHEN event <> 'verdict' THEN subject END AS lesson,
      CASE WHEN event = 'check-answered' THEN content->'payload'->>'check' END AS check,
      CASE WHEN event = 'verdict' THEN subject END AS lab, coalesce(outcome, '') = 'pass' AS passed
    FROM progress_entries
    WHERE account = ANY(${sql.param([...people])})
      AND (event IN ('lesson-read', 'lesson-unread', 'check-answered') AND subject = ANY(${sql.param([...lessons])})
        OR event = 'verdict' AND subject = ANY(${sql.param([...labs])}))
    UNION ALL
    SELECT account, 'check-graded', answered_at, graded_at, lesson, check_id, NULL, correct
    FROM ${gradedAnswer}
    WHERE account = ANY(${sql.param([...people])}) AND lesson = ANY(${sql.param([...lessons])})`);
  const groups = Map.groupBy(rows, ({ account }) => account);
  return new Map([...groups].map(([person, group]) => [person, group.map(toDeed)]));
}

function toDeed({ kind, at, received, lesson, check, lab, passed }: Row): Deed {
  const dated = { at: new Date(at), receivedAt: new Date(received) };
  if (kind === 'verdict') return { ...dated, kind, lab: lab ?? '', passed };
  if (kind === 'check-graded')
    return { ...dated, kind, lesson: lesson ?? '', check: check ?? '', passed };
  if (kind === 'check-answered')
    return { ...dated, kind, lesson: lesson ?? '', check: check ?? '' };
  return { ...dated, kind, lesson: lesson ?? '' };
}
