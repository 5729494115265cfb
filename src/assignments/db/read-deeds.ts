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
  // The measured parts of a verdict are long and of no use here.
  const { rows } = await db.execute<Row>(sql`
    SELECT account, content->>'kind' AS kind, content->>'at' AS at, received_at AS received,
      content->'payload'->>'lesson' AS lesson, content->'payload'->>'check' AS check,
      content->'payload'->>'lab' AS lab, coalesce(content->'payload'->>'result', '') = 'pass' AS passed
    FROM progress_entries
    WHERE account = ANY(${sql.param([...people])})
      AND content->>'kind' IN ('lesson-read', 'lesson-unread', 'check-answered', 'verdict')
      AND (content->'payload'->>'lesson' = ANY(${sql.param([...lessons])})
        OR content->'payload'->>'lab' = ANY(${sql.param([...labs])}))
    UNION ALL
    SELECT account, 'check-graded', to_json(answered_at)#>>'{}', answered_at, lesson, check_id, NULL, correct
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
