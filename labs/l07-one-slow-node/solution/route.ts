interface Endpoint {
  readonly name: string;
  readonly inFlight: number;
  readonly latencyMs: number;
}

/** Two by chance, and the one that has less to do: what is slow has more to do, whoever it is. */
export function pick(endpoints: readonly Endpoint[]): Endpoint {
  const one = Math.floor(Math.random() * endpoints.length);
  const step = 1 + Math.floor(Math.random() * (endpoints.length - 1));
  const first = endpoints[one]!;
  const second = endpoints[(one + step) % endpoints.length]!;
  return first.inFlight <= second.inFlight ? first : second;
}
