import { sql, type SQL } from 'drizzle-orm';
import { gradedAnswer } from '#answers/tables.ts';
import { assignment } from '#assignments/tables.ts';
import { verdictSchema } from '#grading/verdict.ts';
import type { Queries } from '#platform/audit.ts';
import { eventSchema } from '#progress/event-schema.ts';
import { submissionVerification } from '#submissions/tables.ts';
import type { Deed } from '../deed.ts';

/** Which deeds are wanted. */
export interface DeedQuery {
  readonly organisation: string;
  /** A condition on the column `person`. */
  readonly people?: SQL;
  /** Learned by the server at this moment or later. */
  readonly since: Date;
  readonly limit: number;
  /** Leaves out what has a statement already. */
  readonly isNew: boolean;
}

/** A deed and when the server learned of it. */
export interface LearnedDeed {
  /** Null for an entry that this release cannot read. */
  readonly deed: Deed | null;
  readonly learnedAt: Date;
}

interface Row extends Record<string, unknown> {
  kind: 'entry' | 'answer' | 'verification' | 'assignment';
  source: string;
  person: string;
  email: string;
  happened: string;
  learned: string;
  content: unknown;
}

/**
 * What members of an organisation did, in the order in which the server learned of it: verdicts that
 * completed, lessons read, checks answered, the server's own grades, and assignments that were made. Of a
 * check that counts the server's grade is taken, and nothing of what a browser says about it.
 */
export async function listDeeds(db: Queries, query: DeedQuery): Promise<LearnedDeed[]> {
  const { organisation, people = sql`true`, since, limit, isNew } = query;
  const from = since.toISOString();
  const { rows } = await db.execute<Row>(sql`
    SELECT deed.*, u.email FROM (
      SELECT 'entry' AS kind, 'entry:' || e.account || ':' || e.id AS source, e.account AS person,
        progress_moment(e.happened, e.received_at) AS happened,
        e.received_at AS learned, e.content
      FROM progress_entries e
      WHERE e.received_at >= ${from} AND (e.event = 'lesson-read'
        OR e.event = 'verdict' AND e.outcome IS NOT NULL
        OR e.event = 'check-answered' AND jsonb_typeof(e.content->'payload'->'correct') = 'boolean'
          AND NOT EXISTS (SELECT 1 FROM ${gradedAnswer} g WHERE g.account = e.account
            AND g.lesson = e.content->'payload'->>'lesson' AND g.check_id = e.content->'payload'->>'check'))
      UNION ALL
      SELECT 'answer', 'answer:' || g.id, g.account, g.answered_at, g.graded_at,
        jsonb_build_object('lesson', g.lesson, 'check', g.check_id, 'correct', g.correct, 'answer', g.answer)
      FROM ${gradedAnswer} g
      WHERE g.graded_at >= ${from}
      UNION ALL
      SELECT 'verification', 'verification:' || v.id, v.user_id, v.at, v.at, v.verdict
      FROM ${submissionVerification} v
      WHERE v.at >= ${from} AND v.state IN ('verified', 'not-reproduced') AND v.verdict IS NOT NULL
      UNION ALL
      SELECT 'assignment', 'assignment:' || a.id, a.created_by, a.created_at, a.created_at,
        jsonb_build_object('id', a.id, 'path', a.path_id, 'due', a.due_at)
      FROM ${assignment} a
      WHERE a.organization_id = ${organisation} AND a.created_at >= ${from} AND a.created_by IS NOT NULL
    ) AS deed
    JOIN member m ON m.user_id = deed.person AND m.organization_id = ${organisation}
    JOIN "user" u ON u.id = deed.person
    WHERE ${people} AND (NOT ${isNew}::boolean OR NOT EXISTS (
      SELECT 1 FROM record_statement s
      WHERE s.organization_id = ${organisation} AND s.source = deed.source))
    ORDER BY deed.learned, deed.source LIMIT ${limit}`);
  return rows.map((row) => ({ deed: toDeed(row), learnedAt: new Date(row.learned) }));
}

function toDeed({ kind, source, person, email, happened, content }: Row): Deed | null {
  const base = { source, person: { id: person, email }, at: new Date(happened) };
  if (kind === 'assignment') {
    const { id, path, due } = content as { id: string; path: string; due: string };
    return { ...base, kind, assignment: id, path, dueAt: new Date(due) };
  }
  if (kind === 'answer') {
    const answer = content as Extract<Deed, { kind: 'check' }>['answer'];
    return { ...base, kind: 'check', answer, isVerified: true };
  }
  if (kind === 'verification') {
    const { data: verdict } = verdictSchema.safeParse(content);
    return verdict ? { ...base, kind: 'verdict', verdict, isVerified: true } : null;
  }
  const { data: event } = eventSchema.safeParse(content);
  switch (event?.kind) {
    case 'verdict':
      return { ...base, kind: 'verdict', verdict: event.payload, isVerified: false };
    case 'lesson-read':
      return { ...base, kind: 'lesson-read', lesson: event.payload.lesson };
    case 'check-answered':
      return { ...base, kind: 'check', answer: event.payload, isVerified: false };
    default:
      return null;
  }
}
