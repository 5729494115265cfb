interface Endpoint {
  readonly name: string;
  readonly inFlight: number;
  readonly latencyMs: number;
}

/** The pod whose answers were quickest so far. */
export function pick(endpoints: readonly Endpoint[]): Endpoint {
  return endpoints.reduce((best, one) => (one.latencyMs < best.latencyMs ? one : best));
}
