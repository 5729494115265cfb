import type { Calibration } from '#calibration/calibration.ts';
import type { LabCheckContext } from '#labs/check-context.ts';
import { formatProblem } from '#platform/problem.ts';
import type { SimulationReport } from '#simulation/report.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { fitService } from './fit-service.ts';
import { describeOrdinaryDay, describeSurge, readTriagePools, type Traffic } from './scenario.ts';

type Pools = ScenarioInput['pools'];

/** Three that are the same for everybody, and one of this attempt. */
const FIXED_SEEDS = [1301, 1302, 1303];

/** The pods as the learner's manifests describe them. */
export function poolsOf({ manifests }: LabCheckContext): Pools {
  const read = readTriagePools(manifests);
  if (read.ok) return [...read.pools];
  // The first check of the lab has read the same pools.
  throw new Error(read.problems.map(formatProblem).join('\n'));
}

/** Four ordinary days with these pods. */
export function runOrdinaryDays(
  context: LabCheckContext,
  pools: Pools,
  signal: AbortSignal,
): Promise<readonly SimulationReport[]> {
  return runAll(context, signal, (traffic) => describeOrdinaryDay(pools, traffic));
}

/** Four surges with these pods. */
export function runSurges(
  context: LabCheckContext,
  pools: Pools,
  signal: AbortSignal,
): Promise<readonly SimulationReport[]> {
  return runAll(context, signal, (traffic) => describeSurge(pools, traffic));
}

/** Requests without an answer. */
export function countUnanswered({ outcomes }: SimulationReport): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0) - outcomes.ok;
}

/** The p99 in multiples of S. */
export function p99In(serviceMs: number, { latency }: SimulationReport): number {
  return (latency?.p99 ?? Infinity) / serviceMs;
}

/** What was measured of one replica on this machine, as the scenarios take it. */
export function trafficOf({ notes }: LabCheckContext): Omit<Traffic, 'seed'> {
  return fitService((notes.get('calibration') as Calibration).samplesMs);
}

/** How many pods there are. */
export function countReplicas(pools: Pools): number {
  return pools.reduce((sum, { replicas }) => sum + replicas, 0);
}

async function runAll(
  context: LabCheckContext,
  signal: AbortSignal,
  describe: (traffic: Traffic) => ScenarioInput,
): Promise<readonly SimulationReport[]> {
  const traffic = trafficOf(context);
  const reports: SimulationReport[] = [];
  for (const seed of [...FIXED_SEEDS, context.seed])
    reports.push((await context.simulate(describe({ ...traffic, seed }), signal)).report);
  return reports;
}
