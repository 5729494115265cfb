import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { readLabFolder } from '#labs/read-lab-folder.ts';
import { reasonOf } from '#platform/failure.ts';
import type { Log } from '#platform/log.ts';
import { lockPerson, mostRuns, readWork, writeStep, type Step, type Work } from '../db/steps.ts';
import type { GradeApart } from './grade-apart.ts';
import type { GradeOrder } from './grade-messages.ts';
import { judgeGrade } from './judge-grade.ts';

export interface Verifier {
  readonly db: NodePgDatabase;
  readonly log: Log;
  readonly dist: string;
  readonly grade: (order: GradeOrder) => Promise<GradeApart>;
  /** Whether a grade can be started here at all. */
  readonly canGrade: () => Promise<boolean>;
}

const actor = `worker@${hostname()}`;

/**
 * Grades a submission with a seed of its own and writes down what came of it. Rejects where trouble of
 * ours is to be tried again later; does nothing where the submission needs no grade any more.
 */
export async function verifySubmission(verifier: Verifier, submission: string): Promise<void> {
  const { db, log } = verifier;
  const work = await begin(db, submission);
  if (!work) return;
  const seed = randomInt(2 ** 32);
  const step = await gradeWork(verifier, work, seed);
  await writeStep(db, submission, { ...step, actor, seed });
  const level = step.state === 'queued' || step.state === 'errored' ? 'warn' : 'info';
  log[level]({ submission, lab: work.lab, state: step.state, reason: step.reason }, 'verification');
  if (step.state === 'queued' || (step.state === 'errored' && work.runs + 1 < mostRuns))
    throw new Error(step.reason ?? 'The grade had trouble.');
}

/** Notes that it runs; null where it is not to be graded, or was begun too often. */
async function begin(db: NodePgDatabase, submission: string): Promise<Work | null> {
  return db.transaction(async (transaction) => {
    const found = await readWork(transaction, submission);
    if (!found) return null;
    await lockPerson(transaction, found.person);
    const work = await readWork(transaction, submission);
    if (!work || !isOpen(work)) return null;
    if (work.runs >= mostRuns) {
      // An errored one that was begun so often has its end already.
      if (work.state === 'running')
        await writeStep(transaction, submission, {
          state: 'errored',
          actor,
          reason: `The worker ended while it graded, ${work.runs} times.`,
        });
      return null;
    }
    await writeStep(transaction, submission, { state: 'running', actor });
    return work;
  });
}

function isOpen({ state }: Work): boolean {
  return state === 'queued' || state === 'running' || state === 'errored';
}

async function gradeWork(
  { grade, canGrade, dist, log }: Verifier,
  { lab, labVersion, files }: Work,
  seed: number,
): Promise<Pick<Step, 'state' | 'verdict' | 'reason'>> {
  const folder = await readLabFolder(lab);
  const version = folder?.definition.version;
  if (!folder || version !== labVersion)
    return {
      state: 'errored',
      reason: `The worker has ${version ? `version ${version}` : 'no lab'} where version ${labVersion} of ${lab} was sent.`,
    };
  const limitMs = folder.definition.timeLimitSeconds * 1000;
  const order = { lab, files, seed, limitMs, dist };
  const answer = await grade(order).catch((error: unknown): GradeApart => ({
    kind: 'failed',
    reason: 'The grade could not be started.',
    detail: reasonOf(error),
    waited: 0,
  }));
  if (answer.kind === 'failed' && answer.detail) log.warn({ lab, detail: answer.detail }, 'grade');
  // An upgrade of Chromium that takes an hour must not use up the tries of all who sent meanwhile.
  if (answer.kind === 'failed' && !(await canGrade()))
    return { state: 'queued', reason: 'This worker has no Chromium that starts.' };
  return judgeGrade(answer, { lab, labVersion, seed });
}
