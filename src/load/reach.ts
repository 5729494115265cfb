import type { LoadPlan } from './plan.ts';
import type { RequestResult } from './report.ts';

/** Watches whether anything at all can be reached at the start of a run. */
export interface Reach {
  note(result: RequestResult): void;
  /** Aborted when the plan asks for it and nothing was reached. */
  readonly lost: AbortSignal;
  /** Why the run ended, null when it did not end for this. */
  why(): string | null;
}

/** So many in a row without a single pod, from the first request on, is no passing trouble. */
const ENOUGH = 10;
const NO_ENDPOINTS = 503;

/** Nothing known yet. A run in which any pod has answered is never ended by this. */
export function createReach({ stopWhenUnreachable = false }: LoadPlan): Reach {
  const lost = new AbortController();
  let isReached = !stopWhenUnreachable;
  let failed = 0;
  let reason: string | null = null;
  return {
    lost: lost.signal,
    why: () => (lost.signal.aborted ? describe(reason) : null),
    note(result) {
      if (isReached || lost.signal.aborted) return;
      isReached = !isUnreachable(result);
      if (isReached) return;
      failed += 1;
      reason = result.reason;
      if (failed >= ENOUGH) lost.abort();
    },
  };
}

function isUnreachable({ outcome, status, isFromGateway }: RequestResult): boolean {
  if (outcome === 'unknown-host' || outcome === 'refused') return true;
  return isFromGateway && status === NO_ENDPOINTS;
}

function describe(reason: string | null): string {
  return `Nothing could be reached: the first ${ENOUGH} requests all failed. ${reason ?? ''}`.trim();
}
