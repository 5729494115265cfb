export interface Served {
  /** Milliseconds at which the request arrived, was started and was finished. */
  readonly arrival: number;
  readonly start: number;
  readonly end: number;
}

/** Arrival times in ms of `count` independent clients' requests at `ratePerSecond`; the same seed gives the same times. */
export function poissonArrivals(ratePerSecond: number, count: number, seed: number): number[] {
  const random = seededRandom(seed);
  const meanGap = 1000 / ratePerSecond;
  let now = 0;
  return Array.from({ length: count }, () => {
    now -= Math.log(1 - random()) * meanGap;
    return now;
  });
}

/** One server, first come first served, `serviceMs` for each request. */
export function serveInOrder(arrivals: readonly number[], serviceMs: number): Served[] {
  let free = 0;
  return arrivals.map((arrival) => {
    const start = Math.max(arrival, free);
    free = start + serviceMs;
    return { arrival, start, end: free };
  });
}

/** Arrival times of a loop that sends the next request when the last one is done. */
export function loopArrivals(count: number, serviceMs: number): number[] {
  return Array.from({ length: count }, (_, i) => i * serviceMs);
}

/** Latencies in ms, in order of arrival. */
export function latencies(served: readonly Served[]): number[] {
  return served.map((request) => request.end - request.arrival);
}

/** Mulberry32: small, and good enough to draw a picture from. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
