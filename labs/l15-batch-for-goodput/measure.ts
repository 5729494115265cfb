import type { LabCheckContext } from '#labs/check-context.ts';
import { readSettings } from '#labs/read-settings.ts';
import { formatProblem } from '#platform/problem.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { describeHour, type LOADS } from './scenario.ts';
import { servingSchema, type Serving } from './settings.ts';

/** The best that one request at a time can do in the rush: one runs, and two may wait. */
const ONE_AT_A_TIME: Serving = {
  batching: 'continuous',
  maxBatch: 1,
  maxWaitMs: 0,
  queueLimit: 2,
};
/** Arrivals that every grade has; the fourth are of this attempt. */
const FIXED_SEEDS = [21, 22, 23];

/** The learner's settings and one request at a time, over the same arrivals. */
export interface Rush {
  readonly report: SimulationReport;
  readonly alone: SimulationReport;
}

/** Four rush hours, each with both; simulated by the first check that asks. */
export async function rushHours(
  context: LabCheckContext,
  signal: AbortSignal,
): Promise<readonly Rush[]> {
  const known = context.notes.get('rush') as readonly Rush[] | undefined;
  if (known) return known;
  const serving = readServing(context);
  const hours: Rush[] = [];
  for (const seed of [...FIXED_SEEDS, context.seed]) {
    const report = await run(context, serving, 'rush', seed, signal);
    const alone = await run(context, ONE_AT_A_TIME, 'rush', seed, signal);
    hours.push({ report, alone });
  }
  context.notes.set('rush', hours);
  return hours;
}

/** A night with this attempt's arrivals. */
export async function quietNight(
  context: LabCheckContext,
  signal: AbortSignal,
): Promise<SimulationReport> {
  return await run(context, readServing(context), 'quiet', context.seed, signal);
}

function readServing({ files }: LabCheckContext): Serving {
  const read = readSettings(files, 'serving.yaml', servingSchema);
  // The first check of every grade refuses settings that do not fit.
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.value;
}

async function run(
  context: LabCheckContext,
  serving: Serving,
  hour: keyof typeof LOADS,
  seed: number,
  signal: AbortSignal,
): Promise<SimulationReport> {
  const { report } = await context.simulate(describeHour(serving, hour, seed), signal);
  if (report.stoppedBy !== null) throw new Error(report.stoppedBy);
  return report;
}
