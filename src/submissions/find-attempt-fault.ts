import { DEPLOY_CHECK_ID } from '#labs/deploy-check-id.ts';
import type { LabFolder } from '#labs/read-lab-folder.ts';
import type { Attempt } from './attempt.ts';

/** Why this attempt cannot be verified, for the person who sent it; null where it can. */
export function findAttemptFault(
  { verdict, files }: Attempt,
  lab: LabFolder | null,
): string | null {
  if (!lab) return `There is no lab "${verdict.lab}" here.`;
  const { definition } = lab;
  if (verdict.labVersion !== definition.version)
    return `This attempt is of version ${verdict.labVersion} of the lab, which has version ${definition.version} now. Load the page again and check again.`;
  if (verdict.result !== 'pass')
    return 'Only attempts that passed in the browser are verified; this one did not.';
  const extra = Object.keys(files).find((path) => !definition.editable.includes(path));
  if (extra !== undefined)
    return `The file ${JSON.stringify(extra)} is none that this lab lets a learner change: ${definition.editable.join(', ')}.`;
  if (!isText(files) || !isText(verdict))
    return 'A text has the character NUL or half a character, which no file of a lab has.';
  return findContradiction(verdict, definition.checks);
}

/** A grader never says these things, so somebody else did. */
function findContradiction(verdict: Attempt['verdict'], checks: readonly string[]): string | null {
  const possible = verdict.checks.reduce((sum, check) => sum + check.pointsPossible, 0);
  const own = [DEPLOY_CHECK_ID, ...checks].toSorted();
  const ids = verdict.checks.map(({ id }) => id).toSorted();
  if (JSON.stringify(ids) !== JSON.stringify(own))
    return `The checks of this lab are ${own.join(', ')}; those of the verdict are others.`;
  const isPassed = verdict.checks.every(
    ({ status, points, pointsPossible }) => status === 'pass' && points === pointsPossible,
  );
  const isSummed = verdict.points === possible && verdict.pointsPossible === possible;
  if (isPassed && isSummed) return null;
  return 'The verdict contradicts itself: it says that everything passed, and its checks do not.';
}

function isText(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, each]) => isText(key) && isText(each));
}
