interface Endpoint {
  readonly name: string;
  readonly inFlight: number;
  readonly latencyMs: number;
}

/** Leaves the first two alone. */
export function pick(endpoints: readonly Endpoint[]): Endpoint | undefined {
  return endpoints.filter(({ name }) => name > 'triage-3')[0];
}
