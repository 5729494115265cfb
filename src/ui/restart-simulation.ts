/** One simulated request: when it came, and how long it took; null when no process answered. */
export interface SimulatedRequest {
  readonly at: number;
  readonly latency: number | null;
}

export const scenario = {
  seed: 11,
  durationMs: 6000,
  requestsPerSecond: 60,
  serviceMs: 12,
  /** Pod 2 is replaced here and its new process loads the model for this long. */
  restartAtMs: 2000,
  loadMs: 1800,
} as const;

/** A restart of one of two pods under load; without a readiness probe the Service keeps sending to it. */
export function simulateRestart(hasReadinessProbe: boolean): SimulatedRequest[] {
  const random = createRandom(scenario.seed);
  const freeAt = [0, 0];
  const requests: SimulatedRequest[] = [];
  let at = 0;
  let turn = 0;
  while (true) {
    at += (-Math.log(1 - random()) * 1000) / scenario.requestsPerSecond;
    if (at > scenario.durationMs) return requests;
    // Work varies by half around its mean.
    const work = scenario.serviceMs * (0.5 + random());
    const isLoading = at >= scenario.restartAtMs && at < scenario.restartAtMs + scenario.loadMs;
    turn = 1 - turn;
    const pod = isLoading && hasReadinessProbe ? 0 : turn;
    if (isLoading && pod === 1) {
      requests.push({ at, latency: null });
      continue;
    }
    const done = Math.max(at, freeAt[pod] ?? 0) + work;
    freeAt[pod] = done;
    requests.push({ at, latency: done - at });
  }
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
