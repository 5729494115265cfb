import type { LabCheckContext } from '#labs/check-context.ts';
import { formatProblem } from '#platform/problem.ts';
import type { SimulationReport } from '#simulation/report.ts';
import {
  BUCKET_SECONDS,
  FIXED_DAYS,
  PHASES,
  describeDay,
  readScaledPools,
  type Day,
} from './scenario.ts';

/** One day with the learner's autoscaler. */
export interface DayResult extends Day {
  /** Buckets of the step in which too few requests met the SLO, over all of its buckets. */
  readonly badShare: number;
  readonly podSeconds: number;
  /** Scalings against the direction of the one before, less the one that the end of the step asks for. */
  readonly turns: number;
  readonly mostPods: number;
  /** `315 s: 1 to 4, ...` */
  readonly scalings: string;
}

/** Of the requests that end in a bucket. */
const GOOD_ENOUGH = 0.95;
/** Who knows the load beforehand has one pod at half of mu, three at two and a half, and no cold start. */
export const ORACLE_POD_SECONDS = PHASES.before + 3 * PHASES.step + PHASES.after;

/** Four days: three mixes that are always the same, and one that is new. */
export async function measureDays(
  context: Pick<LabCheckContext, 'manifests' | 'simulate' | 'random' | 'seed'>,
  signal: AbortSignal,
): Promise<readonly DayResult[]> {
  const read = readScaledPools(context.manifests);
  // The first check of the lab has read the same pools.
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const drawn = { seed: context.seed, longShare: 0.05 + 0.2 * context.random() };
  const results: DayResult[] = [];
  for (const day of [...FIXED_DAYS, drawn]) {
    const { report } = await context.simulate(describeDay(read.pools, day), signal);
    if (report.stoppedBy !== null) throw new Error(report.stoppedBy);
    results.push({ ...day, ...readDay(report) });
  }
  return results;
}

/** What the checks judge of one run. */
export function readDay(report: SimulationReport): Omit<DayResult, keyof Day> {
  const [from, until] = [PHASES.before * 1000, (PHASES.before + PHASES.step) * 1000];
  const step = report.samples.filter(({ at }) => at > from && at <= until);
  const bad = step.filter(({ good }) => good !== null && good < GOOD_ENOUGH);
  const { scaling } = report;
  return {
    badShare: bad.length / (PHASES.step / BUCKET_SECONDS),
    podSeconds: report.podSeconds,
    turns: Math.max(0, countTurns(report) - 1),
    mostPods: Math.max(...report.samples.map(({ replicas }) => replicas)),
    scalings: scaling
      .map(({ at, from: before, to }) => `${Math.round(at / 1000)} s: ${before} to ${to}`)
      .join(', '),
  };
}

/** `30 % long requests`. */
export function nameDay({ longShare }: Day): string {
  return `${Math.round(longShare * 100)} % long requests`;
}

function countTurns({ scaling }: SimulationReport): number {
  const directions = scaling.map(({ from, to }) => Math.sign(to - from));
  return directions.filter((direction, index) => index > 0 && direction !== directions[index - 1])
    .length;
}
