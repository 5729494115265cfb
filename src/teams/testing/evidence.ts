import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { toCurriculum } from '../curriculum.ts';

/** Two courses: serving (labs l1 and l2, both of queueing) and cost (lab l3, which no lesson embeds). */
export const curriculum = toCurriculum(
  [
    {
      title: 'Serving',
      lessons: [
        { id: 'serving/one', title: 'One', skills: ['queueing'], labs: ['l1'] },
        { id: 'serving/two', title: 'Two', skills: ['kv-cache'], labs: ['l2'] },
      ],
    },
  ],
  [
    { id: 'l1', title: 'First', version: 1, skills: ['queueing', 'retries'] },
    { id: 'l2', title: 'Second', version: 1, skills: ['queueing'] },
    { id: 'l3', title: 'Third', version: 2, skills: ['unit-cost'] },
  ],
);

/** A verdict of two checks, as a browser writes it; `failed` names the check at which it ended. */
export function verdictOf(lab: string, failed: 'answers' | 'balanced' | null, more: object = {}) {
  const now = new Date().toISOString();
  const check = (id: string, status: 'pass' | 'fail' | 'skipped') => ({
    id,
    title: `Title of ${id}`,
    instruction: '1',
    status,
    points: status === 'pass' ? 1 : 0,
    pointsPossible: 1,
    measured: status === 'skipped' ? null : '97 %',
    bar: status === 'skipped' ? null : 'at least 99 %',
    why: status === 'skipped' ? null : 'Requests were lost.',
    hint: status === 'fail' ? 'Look at the probes.' : null,
    durationMs: 5,
  });
  const answers = failed === 'answers' ? 'fail' : 'pass';
  const balanced = failed === 'balanced' ? 'fail' : failed === null ? 'pass' : 'skipped';
  return {
    version: 1,
    id: randomUUID(),
    lab,
    labVersion: 1,
    seed: 7,
    run: { status: 'completed' },
    result: failed === null ? 'pass' : 'fail',
    points: failed === null ? 2 : 1,
    pointsPossible: 2,
    checks: [check('answers', answers), check('balanced', balanced)],
    solutionShown: false,
    startedAt: now,
    finishedAt: now,
    ...more,
  };
}

/** Writes that the server ran a submission of the person again and it passed; resolves to its id. */
export async function addVerified(
  db: NodePgDatabase,
  person: string,
  verdict: ReturnType<typeof verdictOf>,
  state: 'verified' | 'not-reproduced' = 'verified',
  /** `passages` are hashes: two who have the same dozen are alike. */
  { passages = [], at = new Date() }: { passages?: readonly number[]; at?: Date } = {},
): Promise<string> {
  const id = randomUUID();
  await db.execute(sql`INSERT INTO submission (id, user_id, verdict_id, lab, lab_version, seed, files, verdict,
      solution_shown, digest, fingerprints, submitted_at)
    VALUES (${id}, ${person}, ${verdict.id}, ${verdict.lab}, 1, 7, '{}', ${JSON.stringify(verdict)}::jsonb, false, 'digest', ${`{${passages.join(',')}}`}::int[], ${at.toISOString()})`);
  await db.execute(sql`INSERT INTO submission_verification (submission_id, user_id, lab, submitted_at, state, seed, verdict, actor)
    SELECT ${id}, ${person}, lab, submitted_at, ${state}, 11, verdict, 'worker' FROM submission WHERE id = ${id}`);
  return id;
}
