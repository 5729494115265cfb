import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';

/** Labs by how many passages are kept of an answer; of the first, a program of 150 lines, every eighth. */
export const submittedLabs: Readonly<Record<string, number>> = {
  'bench-server': 120,
  'bench-kernel': 135,
  'bench-route': 90,
  'bench-plan': 60,
  ...Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`bench-yaml-${index + 1}`, 8])),
};

/**
 * Has everybody of an organisation submit each of these labs once, with files and verdicts as long as real
 * ones: a third of the passages many have, a tenth few, the rest nobody else. All were verified.
 */
export async function seedSubmissions(db: Queries, organisation: string): Promise<void> {
  for (const [lab, passages] of Object.entries(submittedLabs))
    await db.execute(sql`
      INSERT INTO submission (user_id, verdict_id, lab, lab_version, seed, files, verdict,
        solution_shown, digest, fingerprints, submitted_at)
      SELECT m.user_id, v.id, ${lab}, 1, 7,
        jsonb_build_object('answer', (SELECT string_agg(md5(m.user_id || n), ' ')
          FROM generate_series(1, ${passages}::int / 6) n)),
        ${verdictOf(lab)}, false, 'digest',
        (SELECT array_agg(DISTINCT CASE
            WHEN n % 3 = 0 THEN hashtext(${lab} || n % 97)
            WHEN n % 10 = 1 THEN hashtext(${lab} || n || substr(md5(m.user_id), 1, 2))
            ELSE hashtext(${lab} || n || m.user_id) END)
          FROM generate_series(1, ${passages}::int) n), now() - interval '1 day'
      FROM member m, LATERAL (SELECT gen_random_uuid() AS id, m.user_id) v
      WHERE m.organization_id = ${organisation}`);
  for (const state of ['queued', 'running', 'verified'])
    await db.execute(sql`
      INSERT INTO submission_verification (submission_id, user_id, lab, submitted_at, state, seed, verdict, actor)
      SELECT s.id, s.user_id, s.lab, s.submitted_at, ${state}, 11,
        CASE WHEN ${state} = 'verified' THEN s.verdict END, 'worker'
      FROM submission s JOIN member m ON m.user_id = s.user_id
      WHERE m.organization_id = ${organisation}`);
  await db.execute(sql`VACUUM ANALYZE submission`);
  await db.execute(sql`VACUUM ANALYZE submission_verification`);
}

/** Of a browser; with the columns `v.id` and `v.user_id`. */
function verdictOf(lab: string) {
  return sql`jsonb_build_object('version', 1, 'id', v.id, 'lab', ${lab}::text, 'labVersion', 1, 'seed', 7,
    'run', jsonb_build_object('status', 'completed'), 'result', 'pass', 'points', 10,
    'pointsPossible', 10, 'solutionShown', false,
    'startedAt', '2026-11-01T09:00:00.000Z', 'finishedAt', '2026-11-01T09:01:00.000Z',
    'checks', (SELECT jsonb_agg(jsonb_build_object('id', 'check-' || c, 'title', 'A check of the lab',
        'instruction', c::text, 'status', 'pass', 'points', 2, 'pointsPossible', 2,
        'measured', md5(v.user_id || c) || repeat(' of the requests were answered', 6),
        'bar', 'at least 99 % of them', 'why', repeat('Because of this. ', 12), 'hint', NULL,
        'durationMs', 900)) FROM generate_series(1, 5) c))`;
}
