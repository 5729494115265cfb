import type { Verdict } from '#grading/verdict.ts';
import type { Queries } from '#platform/audit.ts';
import { mostRuns, readWork } from './db/steps.ts';
import { findLikenesses } from './find-likenesses.ts';
import type { LabStanding } from './lab-standing.ts';
import { readVerifiedStandings } from './read-standings.ts';
import { readSubmission, type Submission } from './read-submission.ts';
import type { VerificationState } from './state.ts';
import type { Verification } from './verification.ts';

/** What became of the person's newest attempt at the lab, with everything that they may see of it. */
export async function readLabStanding(
  db: Queries,
  person: string,
  lab: string,
  verification: Verification | null,
): Promise<LabStanding> {
  const isStaffed = (await verification?.isStaffed()) ?? false;
  const [standing] = await readVerifiedStandings(db, [person], [lab]);
  const verifiedAt = standing?.verifiedAt?.toISOString() ?? null;
  const sent = standing ? await readSubmission(db, standing.submission) : null;
  if (!sent) return { isStaffed, verifiedAt, newest: null };
  return { isStaffed, verifiedAt, newest: await describe(db, sent, verification) };
}

async function describe(
  db: Queries,
  sent: Submission,
  verification: Verification | null,
): Promise<LabStanding['newest']> {
  const last = sent.steps.at(-1);
  if (!last) return null;
  const runs = (await readWork(db, sent.id))?.runs ?? 0;
  return {
    submission: sent.id,
    verdictId: sent.verdict.id,
    submittedAt: sent.submittedAt.toISOString(),
    state: last.state,
    since: last.at.toISOString(),
    reason: last.reason,
    isTriedAgain: last.state === 'errored' && runs < mostRuns,
    ahead: last.state === 'queued' ? ((await verification?.countAhead(sent.id)) ?? 0) : 0,
    solutionShown: sent.solutionShown,
    server: last.verdict ? compare(last.verdict, sent.verdict) : null,
    // A page asks every other second until there is an end.
    alike: isOpen(last.state) ? [] : await listAlike(db, sent),
  };
}

function compare(server: Verdict, browser: Verdict) {
  const own = new Map(browser.checks.map((check) => [check.id, check.measured]));
  return {
    seed: server.seed,
    checks: server.checks.map(({ id, title, status, bar, measured }) => ({
      title,
      status,
      bar,
      server: measured,
      browser: own.get(id) ?? null,
    })),
  };
}

/** Of the likenesses a learner is told when and how much, and not whom they are alike to. */
async function listAlike(db: Queries, { id, person }: Submission) {
  const found = await findLikenesses(db, [id]);
  return found.map(({ one, other, share }) => ({
    submittedAt: (one.person === person ? other : one).submittedAt.toISOString(),
    share,
  }));
}

function isOpen(state: VerificationState): boolean {
  return state === 'queued' || state === 'running';
}
