import { orAbort } from './abortable.ts';
import type { Check } from './check.ts';
import { describeTrouble, runCheck, skipCheck } from './run-check.ts';
import type { CheckResult, Verdict } from './verdict.ts';

/** What a grade is of, and how it may be ended. */
export interface GradeOptions {
  readonly lab: string;
  readonly labVersion: number;
  readonly seed: number;
  /** The learner looked at the solution before this attempt. */
  readonly solutionShown: boolean;
  /** Whole grade, milliseconds. Past it the run is errored, and no points are lost. */
  readonly timeLimitMs: number;
  /** Cancels the grade: the verdict then says so and has no result. */
  readonly signal: AbortSignal;
  readonly listener?: GradeListener;
}

/** Told of each check as it starts and ends. */
export interface GradeListener {
  onCheckStart(id: string): void;
  onCheckEnd(result: CheckResult): void;
}

/** Opens what the checks work on. The signal aborts when the grade is cancelled or out of time. */
export type OpenContext<Context> = (signal: AbortSignal) => Promise<Context>;

/**
 * Runs the checks in order on one context and returns the verdict. The first check that fails ends
 * the grade and the rest are skipped. Never rejects: trouble of ours is a run status and leaves no
 * result, so it cannot count against the learner.
 */
export async function grade<Context>(
  checks: readonly Check<Context>[],
  openContext: OpenContext<Context>,
  options: GradeOptions,
): Promise<Verdict> {
  const startedAt = new Date();
  const limit = AbortSignal.timeout(options.timeLimitMs);
  const signal = AbortSignal.any([options.signal, limit]);
  const { results, trouble } = await runChecks(checks, openContext, signal, options.listener);
  return assemble(checks, results, toRunStatus(trouble, limit, options), startedAt, options);
}

interface Progress {
  readonly results: readonly CheckResult[];
  /** What kept the grade from its end on our side, null when nothing did. */
  readonly trouble: string | null;
}

async function runChecks<Context>(
  checks: readonly Check<Context>[],
  openContext: OpenContext<Context>,
  signal: AbortSignal,
  listener: GradeListener | undefined,
): Promise<Progress> {
  const results: CheckResult[] = [];
  const opened = await openOrExplain(openContext, signal);
  if ('trouble' in opened) return { results, trouble: opened.trouble };
  for (const check of checks) {
    listener?.onCheckStart(check.id);
    const { result, trouble } = await runCheck(check, opened.context, signal);
    listener?.onCheckEnd(result);
    results.push(result);
    if (trouble !== null) return { results, trouble };
    if (result.status === 'fail') break;
  }
  return { results, trouble: null };
}

async function openOrExplain<Context>(openContext: OpenContext<Context>, signal: AbortSignal) {
  try {
    signal.throwIfAborted();
    return { context: await orAbort(openContext(signal), signal) };
  } catch (error) {
    return { trouble: `The lab could not be started for grading: ${describeTrouble(error)}` };
  }
}

function toRunStatus(
  trouble: string | null,
  limit: AbortSignal,
  { signal, timeLimitMs }: GradeOptions,
): Verdict['run'] {
  if (trouble === null) return { status: 'completed' };
  if (signal.aborted) return { status: 'cancelled' };
  if (!limit.aborted) return { status: 'errored', reason: trouble };
  const seconds = Math.round(timeLimitMs / 1000);
  return {
    status: 'errored',
    reason: `The grade did not end within ${seconds} s and was stopped.`,
  };
}

function assemble<Context>(
  checks: readonly Check<Context>[],
  reached: readonly CheckResult[],
  run: Verdict['run'],
  startedAt: Date,
  { lab, labVersion, seed, solutionShown }: GradeOptions,
): Verdict {
  const results = [...reached, ...checks.slice(reached.length).map(skipCheck)];
  const passed = results.every((result) => result.status === 'pass');
  return {
    version: 1,
    id: crypto.randomUUID(),
    lab,
    labVersion,
    seed,
    run,
    result: run.status !== 'completed' ? null : passed ? 'pass' : 'fail',
    points: sum(results.map((result) => result.points)),
    pointsPossible: sum(results.map((result) => result.pointsPossible)),
    checks: results,
    solutionShown,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
