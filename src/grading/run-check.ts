import { orAbort } from './abortable.ts';
import type { Check, CheckOutcome } from './check.ts';
import type { CheckResult } from './verdict.ts';

export interface CheckRun {
  readonly result: CheckResult;
  /** Why the check could not be carried out, null when it was. */
  readonly trouble: string | null;
}

/** Runs one check to its result. A check that throws, or is aborted, is trouble of ours. */
export async function runCheck<Context>(
  check: Check<Context>,
  context: Context,
  signal: AbortSignal,
): Promise<CheckRun> {
  const startedAt = performance.now();
  try {
    const outcome = await orAbort(check.run(context, signal), signal);
    const durationMs = performance.now() - startedAt;
    return { result: { ...describeOutcome(check, outcome), durationMs }, trouble: null };
  } catch (error) {
    const durationMs = performance.now() - startedAt;
    const status = signal.aborted ? 'skipped' : 'error';
    return {
      result: { ...blank(check), status, durationMs },
      trouble: `The check "${check.title}" could not be carried out: ${describeTrouble(error)}`,
    };
  }
}

/** The result of a check that was not reached. */
export function skipCheck<Context>(check: Check<Context>): CheckResult {
  return { ...blank(check), status: 'skipped', durationMs: 0 };
}

/** What went wrong, in its own words. */
export function describeTrouble(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describeOutcome<Context>(check: Check<Context>, outcome: CheckOutcome) {
  const { measured, bar, why } = outcome;
  const found = { ...blank(check), measured, bar, why };
  if (outcome.passed) return { ...found, status: 'pass', points: check.points } as const;
  return { ...found, status: 'fail', hint: check.hint } as const;
}

function blank<Context>(check: Check<Context>) {
  const { id, title, instruction, points: pointsPossible } = check;
  const nothing = { measured: null, bar: null, why: null, hint: null };
  return { id, title, instruction, points: 0, pointsPossible, ...nothing };
}
