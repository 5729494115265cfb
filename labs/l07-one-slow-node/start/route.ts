/*
 * A routing policy of your own, used when route.yaml says `policy: custom`. It is loaded once a run
 * and may remember things between calls. Math.random and Date follow the run.
 */

interface Endpoint {
  /** triage-0 to triage-3. */
  readonly name: string;
  /** Requests that were sent there and have not been answered. */
  readonly inFlight: number;
  /** Moving average of the time its answers took, milliseconds; 0 before the first. */
  readonly latencyMs: number;
}

let turn = 0;

/** The ready pod that gets the next request. */
export function pick(endpoints: readonly Endpoint[]): Endpoint {
  turn += 1;
  return endpoints[turn % endpoints.length]!;
}
