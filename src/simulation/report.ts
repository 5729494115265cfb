import type { LatencySummary } from '#load/latency-summary.ts';
import type { Outcome } from './engine/recorder.ts';

/** One bucket of the timeline. Rates are per second of virtual time. */
export interface SimulationSample {
  /** End of the bucket, virtual milliseconds. */
  readonly at: number;
  readonly offered: number;
  readonly completed: number;
  readonly failed: number;
  /** Attempts sent, retries included. */
  readonly sent: number;
  readonly inFlight: number;
  readonly ready: number;
  /** Pods that exist, starting and draining ones too. */
  readonly replicas: number;
  /** Of the requests that ended in it, milliseconds; null when none did. */
  readonly p50: number | null;
  readonly p99: number | null;
  /** Share of the ended ones that met the SLO; null without an SLO or requests. */
  readonly good: number | null;
}

export interface ScalingRecord {
  readonly at: number;
  readonly pool: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/**
 * A run in virtual time. Everything is over the requests due after the warm-up, unless it says
 * otherwise. Latency counts from the due time; failures are infinite, as in a load report.
 */
export interface SimulationReport {
  readonly version: 1;
  readonly seed: number;
  /** Virtual milliseconds from the start to the last event. */
  readonly virtualMs: number;
  /** Requests that were due and that were answered, per second of virtual time. */
  readonly offeredRate: number;
  readonly achievedRate: number;
  readonly latency: LatencySummary | null;
  /** Milliseconds to the first token and per further token; null where nothing generates. */
  readonly ttft: LatencySummary | null;
  readonly tpot: LatencySummary | null;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Requests per second that met the SLO, and their share; null without an SLO. */
  readonly goodput: { readonly perSecond: number; readonly share: number } | null;
  /** Output tokens per second of answered requests. */
  readonly outputTokensPerSecond: number;
  /** Share of the answers by pod, 0..1. */
  readonly podShare: Readonly<Record<string, number>>;
  /** Attempts per request over the whole run: 1 without retries. */
  readonly amplification: number;
  /** Pod lifetimes added up, seconds, over the whole run. */
  readonly podSeconds: number;
  readonly scaling: readonly ScalingRecord[];
  readonly warmup: { readonly requests: number; readonly failed: number };
  /**
   * Little's law over the whole run: the time average of requests in the system, and arrival rate
   * times mean time in the system. They are equal when the run ended empty.
   */
  readonly little: { readonly inSystem: number; readonly rateTimesStay: number };
  /** At most some thousand; the later ones of a very long run are left out. */
  readonly samples: readonly SimulationSample[];
  /** true when the run was ended before all of its requests had; what was seen until then is kept. */
  readonly partial: boolean;
  /** Why it was ended early: one or two sentences; null when it was not, or only by `endsAtMs`. */
  readonly stoppedBy: string | null;
}
