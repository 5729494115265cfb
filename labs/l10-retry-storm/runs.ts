import type { LabCheckContext } from '#labs/check-context.ts';
import { formatProblem } from '#platform/problem.ts';
import type { SimulationReport, SimulationSample } from '#simulation/report.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { readService, type Service } from './scenario.ts';

/** Three that are the same for everybody; the fourth is of this attempt. */
const FIXED_SEEDS = [1001, 1002, 1003];

/** Four runs of a scenario with the learner's policy. */
export async function runFour(
  context: LabCheckContext,
  describe: (service: Service, seed: number) => ScenarioInput,
  signal: AbortSignal,
): Promise<readonly SimulationReport[]> {
  const read = readService(context.files, context.manifests);
  // The first check of every grade was that the files fit.
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const reports: SimulationReport[] = [];
  for (const seed of [...FIXED_SEEDS, context.seed])
    reports.push((await context.simulate(describe(read.service, seed), signal)).report);
  return reports;
}

/** The buckets of a run that lie within these seconds. */
export function samplesWithin(
  { samples }: SimulationReport,
  from: number,
  until: number,
): readonly SimulationSample[] {
  return samples.filter(({ at }) => at > from * 1000 && at <= until * 1000);
}

/** A rate summed over buckets of equal length. */
export function sum(
  samples: readonly SimulationSample[],
  field: 'offered' | 'sent' | 'completed' | 'failed',
): number {
  return samples.reduce((total, sample) => total + sample[field], 0);
}
