interface Endpoint {
  readonly name: string;
  readonly inFlight: number;
  readonly latencyMs: number;
}

let answers = 0;
let banned: string | null = null;

/** Watches for a while, then never asks the slowest again. */
export function pick(endpoints: readonly Endpoint[]): Endpoint {
  answers += 1;
  const slowest = endpoints.reduce((worst, one) => (one.latencyMs > worst.latencyMs ? one : worst));
  if (answers > 40) banned ??= slowest.name;
  const left = endpoints.filter(({ name }) => name !== banned);
  return left.reduce((best, one) => (one.inFlight < best.inFlight ? one : best));
}
