import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { Verdict } from '#grading/verdict.ts';
import type { LabFiles } from '#labs/files.ts';
import type { Queries } from '#platform/audit.ts';
import type { VerificationState } from './state.ts';
import { submission, submissionVerification } from './tables.ts';

/** One change of a submission's state. */
interface Step {
  readonly state: VerificationState;
  readonly at: Date;
  /** Of the server's grade, which completed; the browser's is beside it for comparison. */
  readonly verdict: Verdict | null;
  readonly reason: string | null;
  /** Id of the person, or the name of the part of the program that acted. */
  readonly actor: string;
}

/** An attempt as it was sent, and all that became of it. */
export interface Submission {
  readonly id: string;
  readonly person: string;
  readonly lab: string;
  readonly labVersion: number;
  readonly files: LabFiles;
  /** The browser's own, which is advice. */
  readonly verdict: Verdict;
  readonly solutionShown: boolean;
  readonly submittedAt: Date;
  /** Oldest first; never empty. */
  readonly steps: readonly Step[];
}

/** The submission of that id with both verdicts and each step, or null. Whoever calls it checks who may see it. */
export async function readSubmission(db: Queries, id: string): Promise<Submission | null> {
  return (await readWhere(db, eq(submission.id, id)))[0] ?? null;
}

/** The submission of a verdict of that person; null where it was not sent. */
export async function findSubmission(
  db: Queries,
  person: string,
  verdictId: string,
): Promise<Submission | null> {
  const where = and(eq(submission.userId, person), eq(submission.verdictId, verdictId));
  return (await readWhere(db, where))[0] ?? null;
}

/** Everything that a person sent, oldest first, for the export of their data. */
export async function exportSubmissions(db: Queries, person: string): Promise<Submission[]> {
  return readWhere(db, eq(submission.userId, person));
}

async function readWhere(db: Queries, where: SQL | undefined): Promise<Submission[]> {
  const rows = await db
    .select()
    .from(submission)
    .innerJoin(submissionVerification, eq(submissionVerification.submissionId, submission.id))
    .where(where)
    .orderBy(asc(submission.submittedAt), asc(submission.id), asc(submissionVerification.id));
  const groups = Map.groupBy(rows, (row) => row.submission.id);
  return [...groups.values()].flatMap((group) => {
    const sent = group[0]?.submission;
    if (!sent) return [];
    const { id, userId: person, lab, labVersion, files, verdict } = sent;
    const { solutionShown, submittedAt } = sent;
    const steps = group.map(({ submission_verification: step }) => ({
      state: step.state,
      at: step.at,
      verdict: step.verdict,
      reason: step.reason,
      actor: step.actor,
    }));
    return [{ id, person, lab, labVersion, files, verdict, solutionShown, submittedAt, steps }];
  });
}
