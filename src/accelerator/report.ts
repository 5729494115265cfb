import type { Summary } from './summary.ts';

/** How long something took was found by the device's own clock, or by waiting until it said that it was done. */
export type Timer = 'timestamp-query' | 'onSubmittedWorkDone' | 'performance.now';

/** One measured rate. */
export interface Rate extends Summary {
  readonly unit: 'GB/s' | 'GFLOP/s';
  /** What was done, as a sentence. */
  readonly method: string;
  /** The same work timed in another way, and its rate over this one's; null where there is no other way. */
  readonly second: {
    readonly timer: Timer;
    readonly median: number;
    readonly ratio: number;
  } | null;
  /** Rounds before the first sample, until two in a row were within a twentieth. */
  readonly warmUpRounds: number;
}

export interface AdapterFacts {
  /** As the browser names it; empty where it tells nothing. */
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  /** The processor does the work: no figure here says anything about a graphics card. */
  readonly isSoftware: boolean;
  readonly features: readonly string[];
  /** Limits that decide what fits, by name. */
  readonly limits: Readonly<Record<string, number>>;
}

/** What one visit measured. Version 1 of the exported JSON. */
export interface Report {
  readonly schema: 1;
  readonly takenAt: string;
  readonly backend: 'webgpu' | 'cpu';
  /** Null on the processor. */
  readonly adapter: AdapterFacts | null;
  readonly timer: Timer;
  readonly bandwidth: Rate;
  readonly compute: Rate;
  /** Square matrices; null on the processor. `error` is the largest difference from the same product in this tab. */
  readonly product: (Rate & { readonly size: number; readonly error: number }) | null;
  readonly userAgent: string;
}

/** The higher of two measured rates of computing: the roof. */
export function roofOf({ compute, product }: Report): number {
  return Math.max(compute.median, product?.median ?? 0);
}

/** What is to be known before a figure of the report is believed, as sentences. */
export function caveatsOf(report: Report): readonly string[] {
  const rates = [report.bandwidth, report.compute, report.product].filter((rate) => rate !== null);
  const caveats: string[] = [];
  if (report.adapter?.isSoftware)
    caveats.push(
      'This is a software adapter: the processor computes what a graphics card would. The figures are those of the software, not of any accelerator.',
    );
  if (rates.some(({ isUnstable }) => isUnstable))
    caveats.push(
      'Unstable: the middle half of a figure is wider than a tenth of it. Close other programs and measure again.',
    );
  if (rates.some(({ drift }) => drift < SLOWED))
    caveats.push(
      'Throttled: the last samples were more than a tenth below the first. The machine got hot, saved power, or had other work.',
    );
  if (rates.some(({ second }) => second && Math.abs(second.ratio - 1) > APART))
    caveats.push(
      'The two timers are more than a tenth apart, so something else than the kernel took time.',
    );
  return caveats;
}

const SLOWED = 0.9;
const APART = 0.1;
