import { findRanks } from './confidence.ts';
import type { LoadPlan } from './plan.ts';
import type { LoadRun, RequestResult } from './report.ts';

/** Two runs request by request; positive differences mean that the second was slower. */
export type Comparison =
  | {
      readonly paired: true;
      /** Requests that both runs answered. */
      readonly pairs: number;
      /** Milliseconds; null without a pair. */
      readonly medianDifference: number | null;
      /** Holds the true median difference in 95 of 100 such pairs of runs, if requests are independent; null when there are too few. */
      readonly interval: { readonly low: number; readonly high: number } | null;
      /** Share of the pairs in which the second was faster. */
      readonly fasterShare: number | null;
      readonly failedOnlyInFirst: number;
      readonly failedOnlyInSecond: number;
      readonly failedInBoth: number;
    }
  | { readonly paired: false; readonly why: string };

const SAME = ['seed', 'arrivals', 'durationSeconds', 'maxArrivals', 'mix'] as const;
const FIELD_NAMES: Readonly<Record<(typeof SAME)[number], string>> = {
  seed: 'seed',
  arrivals: 'arrivals',
  durationSeconds: 'duration',
  maxArrivals: 'number of arrivals',
  mix: 'mix',
};

/** Pairs the requests of two runs with the same schedule: what one of them met by luck, the other met too. */
export function compareRuns(first: LoadRun, second: LoadRun): Comparison {
  const why = findDifference(first.report.plan, second.report.plan);
  if (why !== null || first.report.loop === 'closed') {
    return {
      paired: false,
      why: why ?? 'In a closed loop the answers decide when requests leave.',
    };
  }
  const pairs = first.results.flatMap((a, index) => {
    const b = second.results[index];
    return b && counts(a) && counts(b) ? [[a, b] as const] : [];
  });
  const failures = pairs.filter(([a, b]) => !isOk(a) || !isOk(b));
  const answered = pairs.filter(([a, b]) => isOk(a) && isOk(b));
  return {
    paired: true,
    ...summariseDifferences(answered.map(([a, b]) => latencyOf(b) - latencyOf(a))),
    failedOnlyInFirst: failures.filter(([, b]) => isOk(b)).length,
    failedOnlyInSecond: failures.filter(([a]) => isOk(a)).length,
    failedInBoth: failures.filter(([a, b]) => !isOk(a) && !isOk(b)).length,
  };
}

function summariseDifferences(differences: readonly number[]) {
  const sorted = differences.toSorted((a, b) => a - b);
  const pairs = sorted.length;
  const at = (rank: number) => sorted[rank - 1] ?? Number.NaN;
  const ranks = findRanks(pairs, 0.5);
  const faster = sorted.filter((difference) => difference < 0).length;
  return {
    pairs,
    medianDifference: pairs === 0 ? null : at(Math.ceil(pairs / 2)),
    interval: ranks && { low: at(ranks.low), high: at(ranks.high) },
    fasterShare: pairs === 0 ? null : faster / pairs,
  };
}

function findDifference(first: LoadPlan, second: LoadPlan): string | null {
  const differing = SAME.filter(
    (field) => JSON.stringify(first[field]) !== JSON.stringify(second[field]),
  );
  if (JSON.stringify(first.request.bodies) !== JSON.stringify(second.request.bodies))
    return 'The runs sent different bodies, so their requests do not pair.';
  if (differing.length === 0) return null;
  const names = differing.map((field) => FIELD_NAMES[field]).join(', ');
  return `The runs differ in ${names}, so their requests do not pair. Run again with the same ones.`;
}

function counts({ outcome, warmup }: RequestResult): boolean {
  return outcome !== 'cancelled' && !warmup;
}

function isOk({ outcome }: RequestResult): boolean {
  return outcome === 'ok';
}

function latencyOf({ endedAt, scheduledAt }: RequestResult): number {
  return endedAt - scheduledAt;
}
