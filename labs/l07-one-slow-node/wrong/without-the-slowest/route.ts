interface Endpoint {
  readonly name: string;
  readonly inFlight: number;
  readonly latencyMs: number;
}

/** Leaves out the pod whose answers were slowest; of the others the one with the least to do. */
export function pick(endpoints: readonly Endpoint[]): Endpoint {
  const slowest = endpoints.reduce((worst, one) => (one.latencyMs > worst.latencyMs ? one : worst));
  const others = endpoints.filter((one) => one !== slowest);
  return others.reduce((best, one) => (one.inFlight < best.inFlight ? one : best));
}
