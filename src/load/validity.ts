import type { SendLag, Validity } from './report.ts';

const LARGEST_LAG_MS = 5;
const LARGEST_LAG_SHARE = 0.05;

export interface ValidityInput {
  readonly wasHidden: boolean;
  readonly sendLag: SendLag | null;
  /** Median latency of the answered requests, milliseconds; null when none was answered. */
  readonly service: number | null;
}

/** Says whether the run measured the service, or something else that disturbed it. */
export function judgeValidity({ wasHidden, sendLag, service }: ValidityInput): Validity {
  if (wasHidden) {
    return invalid(
      'The tab was hidden during the run, and browsers slow hidden tabs down. Keep it in front and run again.',
    );
  }
  if (!sendLag) return { valid: true };
  const bar = Math.max(LARGEST_LAG_MS, LARGEST_LAG_SHARE * (service ?? 0));
  if (sendLag.p99 <= bar) return { valid: true };
  return invalid(
    `The generator could not keep its schedule: 99 % of the sends were up to ${sendLag.p99.toFixed(1)} ms late, ` +
      `and more than ${bar.toFixed(1)} ms would distort the latencies. Lower the rate or close what else is running.`,
  );
}

function invalid(reason: string): Validity {
  return { valid: false, reason };
}
