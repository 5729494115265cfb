import type { LoadPlan } from './plan.ts';

/** Latency percentiles in milliseconds, from the scheduled send time; failures count as infinite. */
export interface LatencySummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** One request as measured. Times in milliseconds from the start of the run. */
export interface RequestResult {
  readonly scheduledAt: number;
  readonly sentAt: number;
  readonly endedAt: number;
  readonly outcome: 'ok' | 'http-error' | 'timeout' | 'reset' | 'cancelled';
  readonly status: number | null;
  /** The pod that answered, from the gateway's `x-served-by` header. */
  readonly pod: string | null;
}

/** One bucket of the live chart (a second, or less in a short run). */
export interface LoadSample {
  readonly at: number;
  readonly offered: number;
  readonly completed: number;
  readonly failed: number;
  readonly inFlight: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly byPod: Readonly<Record<string, number>>;
}

export interface LoadReport {
  readonly version: 1;
  readonly plan: LoadPlan;
  /** Requests per second that the schedule asked for and that were really sent and answered. */
  readonly offeredRate: number;
  readonly sentRate: number;
  readonly achievedRate: number;
  readonly latency: LatencySummary;
  /** Actual minus scheduled send time, milliseconds. A run with a large lag measured the generator. */
  readonly sendLag: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly validity: { readonly valid: true } | { readonly valid: false; readonly reason: string };
  readonly outcomes: Readonly<Record<RequestResult['outcome'], number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Share of answered requests per pod, 0..1. */
  readonly podShare: Readonly<Record<string, number>>;
  readonly samples: readonly LoadSample[];
  readonly startedAt: string;
  /** true when the run was cancelled; what was measured until then is kept. */
  readonly partial: boolean;
}
