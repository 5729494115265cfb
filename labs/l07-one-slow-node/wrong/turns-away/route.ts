interface Endpoint {
  readonly name: string;
  readonly inFlight: number;
  readonly latencyMs: number;
}

/** Short lines stay short. */
export function admit(_request: unknown, endpoints: readonly Endpoint[]): boolean {
  return endpoints.some(({ inFlight }) => inFlight < 1);
}

export function pick(endpoints: readonly Endpoint[]): Endpoint {
  return endpoints.reduce((best, one) => (one.inFlight < best.inFlight ? one : best));
}
