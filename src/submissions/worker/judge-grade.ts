import type { Step } from '../db/steps.ts';
import type { GradeApart } from './grade-apart.ts';

interface Order {
  readonly lab: string;
  readonly labVersion: number;
  readonly seed: number;
}

/** Past this share of waiting for a processor a failure says more about the machine than about the files. On two idle processors it is 0.6 to 0.7. */
const STARVED = 0.9;
/** The same where the system does not tell the share. */
const STARVED_LATE_MS = 250;

type Judgement = Pick<Step, 'state' | 'verdict' | 'reason'>;

/** What a grade makes of a submission. Only a completed grade of this very order that passed verifies it. */
export function judgeGrade(answer: GradeApart, order: Order): Judgement {
  if (answer.kind === 'stopped')
    return { state: 'queued', reason: 'The worker was stopped while it graded.' };
  if (answer.kind === 'failed') return { state: 'errored', reason: answer.reason };
  return judgeVerdict(answer, order);
}

function judgeVerdict(
  { verdict, waited, lateMs }: Extract<GradeApart, { kind: 'graded' }>,
  order: Order,
): Judgement {
  const { lab, labVersion, seed, run } = verdict;
  if (lab !== order.lab || labVersion !== order.labVersion || seed !== order.seed)
    return {
      state: 'errored',
      reason: `The grader answered for ${lab} version ${labVersion} with seed ${seed}; the built site is of another release than this worker.`,
    };
  if (run.status === 'errored') return { state: 'errored', reason: run.reason };
  if (run.status === 'cancelled') return { state: 'errored', reason: 'The grade was cancelled.' };
  if (verdict.result === 'pass') return { state: 'verified', verdict };
  if (waited > STARVED || lateMs > STARVED_LATE_MS)
    return {
      state: 'errored',
      reason: `The machine was too busy to judge: ${Math.round(waited * 100)} % of the time the grade waited for a processor.`,
    };
  return { state: 'not-reproduced', verdict };
}
