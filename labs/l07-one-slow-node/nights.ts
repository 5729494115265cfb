import type { LabCheckContext } from '#labs/check-context.ts';
import { createRandom, pickIndex } from '#load/random.ts';
import { formatProblem } from '#platform/problem.ts';
import type { SimulationReport } from '#simulation/report.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { readRouting, SERVICE_MS, type Night, type Routing } from './scenario.ts';

/** A night and what was seen in it. */
export interface SeenNight {
  readonly night: Night;
  readonly report: SimulationReport;
  /** In S; Infinity when requests were left without an answer. */
  readonly p99: number;
}

/** Runs three nights that are the same for everybody and one of this attempt; in each another pod is slow. */
export async function runNights(
  context: LabCheckContext,
  describe: (routing: Routing, night: Night) => ScenarioInput,
  signal: AbortSignal,
): Promise<readonly SeenNight[]> {
  const read = readRouting(context.files, context.manifests);
  // The first check of every grade was that the files fit.
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const { routing } = read;
  const seen: SeenNight[] = [];
  for (const night of nightsOf(context.seed)) {
    const { report } = await context.simulate(describe(routing, night), signal, routing.policy);
    seen.push({ night, report, p99: p99Of(report) });
    if (report.stoppedBy !== null) break;
  }
  return seen;
}

/** What was seen, for `measured`. */
export function describeNights(nights: readonly SeenNight[]): string {
  const stopped = nights.find(({ report }) => report.stoppedBy !== null);
  if (stopped) return `route.ts ended the run: ${stopped.report.stoppedBy}`;
  const parts = nights.map(({ night, report, p99 }) => {
    const pod = `triage-${night.slow}`;
    const share = Math.round((report.podShare[pod] ?? 0) * 100);
    const tail = Number.isFinite(p99)
      ? `p99 ${p99.toFixed(1)} S`
      : `${lost(report)} without answer`;
    return `${pod} slow: ${tail}, it answered ${share} %`;
  });
  return parts.join('; ');
}

/** The worst of the nights, in S. */
export function worstP99(nights: readonly SeenNight[]): number {
  return Math.max(...nights.map(({ p99 }) => p99));
}

function nightsOf(seed: number): readonly Night[] {
  const random = createRandom(seed, 'nights');
  const first = pickIndex(random, 4);
  return [701, 702, 703, seed].map((of, index) => {
    const slow = (first + index) % 4;
    return { seed: of, slow, next: (slow + 1 + pickIndex(random, 3)) % 4 };
  });
}

function p99Of(report: SimulationReport): number {
  if (report.partial || lost(report) > 0) return Infinity;
  return (report.latency?.p99 ?? Infinity) / SERVICE_MS;
}

function lost({ outcomes }: SimulationReport): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0) - outcomes.ok;
}
