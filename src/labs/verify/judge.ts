import type { Verdict } from '#grading/verdict.ts';
import type { Answer } from './answers.ts';

/** What one grade of an answer showed. */
export type Finding =
  /** As expected. */
  | { readonly kind: 'right' }
  /** The grader passed a wrong answer, failed the solution, or failed at another check. */
  | { readonly kind: 'wrong'; readonly found: string }
  /** The run did not complete, which is ours. */
  | { readonly kind: 'errored'; readonly found: string };

/** Holds a verdict against what the answer must get. */
export function judge({ expected }: Answer, verdict: Verdict): Finding {
  if (verdict.run.status === 'errored') return { kind: 'errored', found: verdict.run.reason };
  if (verdict.run.status === 'cancelled')
    return { kind: 'errored', found: 'The grade was cancelled.' };
  const failed = verdict.checks.find(({ status }) => status === 'fail');
  const isRight =
    verdict.result === expected.result && (expected.check ?? failed?.id) === failed?.id;
  if (isRight) return { kind: 'right' };
  const found = failed ? `failed at ${failed.id}: ${failed.measured ?? ''}` : 'passed';
  return { kind: 'wrong', found };
}
