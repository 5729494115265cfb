import type { HistogramCounts } from './histogram.ts';
import type { PercentileStatement } from './confidence.ts';
import type { LatencySummary } from './latency-summary.ts';
import type { LoadPlan } from './plan.ts';
import type { StreamingSummary } from './streaming.ts';

/** `http-error` is an answer of 4xx or 5xx; `reset` an exchange that broke off. */
export type Outcome =
  'ok' | 'http-error' | 'timeout' | 'reset' | 'refused' | 'unknown-host' | 'cancelled';

/** When the tokens of one answer arrived, milliseconds from the start of the run. */
export interface StreamTimes {
  readonly firstTokenAt: number;
  readonly lastTokenAt: number;
  readonly tokens: number;
  /** Milliseconds between one token and the next as they arrived. */
  readonly gaps: Float32Array<ArrayBuffer>;
  /** As the answer stated it, null when it did not. */
  readonly promptTokens: number | null;
}

/** One request as measured. Times in milliseconds from the start of the run. */
export interface RequestResult {
  readonly scheduledAt: number;
  readonly sentAt: number;
  readonly endedAt: number;
  /** Milliseconds in the client's own queue, when the plan caps the requests in flight. */
  readonly queuedFor: number;
  readonly outcome: Outcome;
  readonly status: number | null;
  /** The pod that answered, from the gateway's `x-served-by` header. */
  readonly pod: string | null;
  /** The gateway answered itself: it reached no pod, or the pod gave it nothing. */
  readonly isFromGateway: boolean;
  /** Index into `bodiesOf(plan)`, null when the plan has none. */
  readonly body: number | null;
  /** Index into the mix's tenants, null without any. */
  readonly tenant: number | null;
  /** Number of the key, null without any. */
  readonly key: number | null;
  /** The answer's text when the plan keeps answers, else null. */
  readonly answer: string | null;
  /** null unless the answer was a stream that the plan asked to follow. */
  readonly stream: StreamTimes | null;
  /** Why there was no good answer, in the words of whoever refused it; null when there was one. */
  readonly reason: string | null;
  /** Inside the warm-up: not in the percentiles. */
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

/** Failures of one kind. */
export interface ErrorRow {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly isFromGateway: boolean;
  readonly count: number;
  /** Milliseconds from the start of the run. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** What the first of them was told. */
  readonly example: string | null;
}

/** The requests of one pod, class or tenant. */
export interface GroupSummary {
  readonly name: string;
  readonly count: number;
  /** Of all in the same list, 0..1. */
  readonly share: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly histogram: HistogramCounts;
}

/** How the run's first part was left out of the percentiles. */
export interface Warmup {
  readonly rule: 'none' | 'seconds' | 'tenth' | 'steady';
  /** Milliseconds from the start; requests scheduled before are the warm-up. */
  readonly until: number;
  readonly sent: number;
  readonly failed: number;
  /** Only of `steady`: whether the latency became steady in the first half. */
  readonly isSteady: boolean;
}

/** First answers, which often pay for loading and compiling. They are in the percentiles unless the warm-up leaves them out. */
export interface ColdStart {
  /** Milliseconds from the start of the run to the first good answer, null when there was none. */
  readonly firstAnswerAt: number | null;
  /** Latency of the first good answer of each pod, milliseconds. */
  readonly pods: readonly { readonly pod: string; readonly latency: number }[];
}

/** What waited in the client because of the plan's cap. */
export interface ClientQueue {
  readonly cap: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Most requests that waited at once. */
  readonly longest: number;
}

/** Requests within the SLO. */
export interface Goodput {
  /** The SLO in words. */
  readonly slo: string;
  /** Good requests per second. */
  readonly rate: number;
  /** Of the requests that count, 0..1. */
  readonly share: number;
  readonly isMet: boolean;
}

/** The result of an MLPerf scenario in its own metric. */
export interface ScenarioResult {
  readonly scenario: 'single-stream' | 'multi-stream' | 'server' | 'offline';
  /** `p90 latency, ms` and the like. */
  readonly metric: string;
  readonly value: number | null;
}

/** Service time and capacity of one replica on this machine, measured before the run. */
export interface LoadCalibration {
  readonly serviceMs: number;
  /** mu, requests per second. */
  readonly capacity: number;
  /** ISO 8601. */
  readonly measuredAt: string;
}

/** Everything is over the requests scheduled after the warm-up, unless it says otherwise. */
export interface LoadReport {
  readonly version: 2;
  readonly plan: LoadPlan;
  /** In a closed loop a stall also stops the generator, so the percentiles hide it. */
  readonly loop: 'open' | 'closed';
  readonly scenario: ScenarioResult | null;
  /** Requests per second that the schedule asked for, that were really sent, and that were answered with 2xx or 3xx. */
  readonly offeredRate: number;
  readonly sentRate: number;
  readonly achievedRate: number;
  readonly mostInFlight: number;
  /** null when no measured request ended. */
  readonly latency: LatencySummary | null;
  readonly percentiles: readonly PercentileStatement[];
  readonly histogram: HistogramCounts;
  /** null unless answers were streams of tokens. */
  readonly streaming: StreamingSummary | null;
  /** null when the plan states no SLO, or nothing ended. */
  readonly goodput: Goodput | null;
  /** Actual minus scheduled send time without the client's queue, milliseconds. A run with a large lag measured the generator. */
  readonly sendLag: SendLag | null;
  readonly clientQueue: ClientQueue | null;
  readonly validity: Validity;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Most frequent first. */
  readonly errors: readonly ErrorRow[];
  /** Share of answered requests per pod, 0..1. */
  readonly podShare: Readonly<Record<string, number>>;
  readonly pods: readonly GroupSummary[];
  readonly classes: readonly GroupSummary[];
  readonly tenants: readonly GroupSummary[];
  readonly warmup: Warmup;
  readonly coldStart: ColdStart;
  readonly samples: readonly LoadSample[];
  /** ISO date and time. */
  readonly startedAt: string;
  /** true when the run ended before its plan; what was measured until then is kept. */
  readonly partial: boolean;
  /** Why it ended early when nobody cancelled it. */
  readonly stopped: string | null;
  /** Versions and machine: name to value. */
  readonly environment: Readonly<Record<string, string>>;
  readonly calibration: LoadCalibration | null;
}

/** A finished run: the report and every request behind it, in the order of the schedule. */
export interface LoadRun {
  readonly report: LoadReport;
  readonly results: readonly RequestResult[];
}
