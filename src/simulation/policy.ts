/** A ready pod as the gateway sees it. */
export interface EndpointView {
  readonly name: string;
  /** Requests that the gateway has sent there and that have not ended. */
  readonly inFlight: number;
  /** Moving average of its answers, milliseconds; 0 before the first. */
  readonly latencyMs: number;
}

/** What is known of a request before it is answered. */
export interface RequestView {
  /** Virtual milliseconds from the start of the run. */
  readonly now: number;
  /** How long ago it was due, milliseconds: more than 0 for a retry. */
  readonly age: number;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** 0 where nothing generates. */
  readonly promptTokens: number;
}

/** What a pod says of itself when it is scraped. */
export interface PodView {
  readonly name: string;
  readonly queued: number;
  readonly running: number;
  /** Share of the KV memory that is reserved, 0..1. */
  readonly kvUsage: number;
  readonly now: number;
}

/**
 * What a learner's policy module may export; all of it is optional. It is loaded once a run, so
 * that it may keep what it needs between calls. `Math.random`, `Date` and `performance.now` follow
 * the run's seed and virtual time.
 */
export interface PolicyModule {
  /** The endpoint for this attempt: one of `endpoints`, or its name. */
  pick?: (endpoints: readonly EndpointView[], request: RequestView) => EndpointView | string;
  /** false turns the request away with 429. */
  admit?: (request: RequestView, endpoints: readonly EndpointView[]) => boolean;
  /** Metrics of its own by name, for a HorizontalPodAutoscaler: the value of one pod. */
  signals?: Readonly<Record<string, (pod: PodView) => number>>;
}
