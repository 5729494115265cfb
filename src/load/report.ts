import type { LoadPlan } from './plan.ts';

/**
 * Latency in milliseconds, from the scheduled send time. A failure counts as infinite: it stays in
 * the percentiles and in `max`, so `Infinity` means "this share of the requests never got an answer".
 */
export interface LatencySummary {
  /** Requests in the percentiles: answered and failed, not cancelled ones. */
  readonly count: number;
  /** Mean of the answered requests only; null when none was answered. */
  readonly mean: number | null;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export type Outcome = 'ok' | 'http-error' | 'timeout' | 'reset' | 'cancelled';

/** One request as measured. Times in milliseconds from the start of the run. */
export interface RequestResult {
  readonly scheduledAt: number;
  readonly sentAt: number;
  readonly endedAt: number;
  readonly outcome: Outcome;
  readonly status: number | null;
  /** The pod that answered, from the gateway's `x-served-by` header. */
  readonly pod: string | null;
  /** Index of the body in `plan.request.bodies`, null when the plan has none. */
  readonly body: number | null;
  /** The answer's text when the plan keeps answers, else null. */
  readonly answer: string | null;
  /** Scheduled inside the warm-up: not in the percentiles. */
  readonly warmup: boolean;
}

/** One bucket of the live chart. Rates are per second over the bucket. */
export interface LoadSample {
  /** End of the bucket, milliseconds from the start of the run. */
  readonly at: number;
  readonly offered: number;
  readonly completed: number;
  readonly failed: number;
  /** Sent and not yet answered at the end of the bucket. */
  readonly inFlight: number;
  /** Of the requests that ended in this bucket; null when none did. */
  readonly p50: number | null;
  readonly p99: number | null;
  /** Answers per second by pod. */
  readonly byPod: Readonly<Record<string, number>>;
}

export interface SendLag {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export type Validity =
  { readonly valid: true } | { readonly valid: false; readonly reason: string };

/** Everything is over the requests scheduled after the warm-up, unless it says otherwise. */
export interface LoadReport {
  readonly version: 1;
  readonly plan: LoadPlan;
  /** Requests per second that the schedule asked for, that were really sent, and that were answered with 2xx or 3xx. */
  readonly offeredRate: number;
  readonly sentRate: number;
  readonly achievedRate: number;
  /** null when no measured request ended. */
  readonly latency: LatencySummary | null;
  /** Actual minus scheduled send time, milliseconds. A run with a large lag measured the generator. */
  readonly sendLag: SendLag | null;
  readonly validity: Validity;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Share of answered requests per pod, 0..1. */
  readonly podShare: Readonly<Record<string, number>>;
  /** The requests sent before the measurement began. */
  readonly warmup: { readonly sent: number; readonly failed: number };
  readonly samples: readonly LoadSample[];
  /** ISO date and time. */
  readonly startedAt: string;
  /** true when the run was cancelled; what was measured until then is kept. */
  readonly partial: boolean;
}

/** A finished run: the report and every request behind it, in the order of the schedule. */
export interface LoadRun {
  readonly report: LoadReport;
  readonly results: readonly RequestResult[];
}
