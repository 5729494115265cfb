import type { LabCheckContext } from '#labs/check-context.ts';
import type { CheckOutcome } from '#grading/check.ts';
import { judgeTheirs, type OurSweep } from './attempt.ts';
import { LawError } from './start/law.ts';
import type { Point, Swept } from './start/sweep.ts';

/** What one formula gave for one model. */
export interface Judged {
  readonly passed: boolean;
  readonly said: string;
}

/**
 * Holds the learner's formulas, worked out on a sweep with their settings, against our own sweep, for
 * each of the models.
 */
export async function judgeLaw(
  context: LabCheckContext,
  models: readonly Swept[],
  judge: (points: readonly Point[], ours: OurSweep) => Judged,
  signal: AbortSignal,
): Promise<Pick<CheckOutcome, 'passed' | 'measured'>> {
  const lines: string[] = [];
  for (const model of models) {
    const attempt = (points: readonly Point[], ours: OurSweep): Judged =>
      attemptTo(judge, points, ours);
    const { passed, said } = await judgeTheirs(context, model, attempt, signal);
    lines.push(`${model}: ${said}`);
    if (!passed) return { passed, measured: lines.join('\n') };
  }
  return { passed: true, measured: lines.join('\n') };
}

function attemptTo(
  judge: (points: readonly Point[], ours: OurSweep) => Judged,
  points: readonly Point[],
  ours: OurSweep,
): Judged {
  try {
    return judge(points, ours);
  } catch (error) {
    // For example a formula that names t8 beside a sweep without a batch of 8.
    if (error instanceof LawError) return { passed: false, said: error.message };
    throw error;
  }
}
