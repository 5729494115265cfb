import type { ScenarioInput } from '../scenario.ts';

type Phases = Extract<ScenarioInput['arrivals'], { kind: 'poisson' }>['phases'];
type Service = Extract<ScenarioInput['work'], { kind: 'time' }>['service'];

/** Service of 10 ms; rho is the load of one server. Waits for ever unless told otherwise. */
export const SERVICE_MS = 10;

export interface QueueOptions {
  readonly rho: number;
  readonly service?: Service;
  readonly servers?: number;
  readonly requests?: number;
  readonly replicas?: number;
  readonly queueLimit?: number;
  readonly seed?: number;
}

/** Poisson arrivals at replicas with one line each. */
export function queueScenario(
  options: QueueOptions,
  changes: Partial<ScenarioInput> = {},
): ScenarioInput {
  const { rho, servers = 1, replicas = 1, requests = 20_000, seed = 1, queueLimit } = options;
  const { service = { kind: 'exponential', meanMs: SERVICE_MS } } = options;
  const ratePerSecond = (rho * servers * replicas * 1000) / SERVICE_MS;
  return {
    seed,
    arrivals: poisson([{ ratePerSecond, durationMs: null }], requests),
    work: { kind: 'time', service },
    pools: [
      {
        name: 'triage',
        replicas,
        server: { kind: 'queue', concurrency: servers, queueLimit: queueLimit ?? null },
      },
    ],
    timeoutMs: null,
    ...changes,
  };
}

/** Arrivals in phases. */
export function poisson(
  phases: Phases,
  maxArrivals: number | null = null,
): ScenarioInput['arrivals'] {
  return { kind: 'poisson', phases, maxArrivals };
}

/** A load of `rho` on one replica for as long as given. */
export function loadOf(rho: number, seconds: number): Phases[number] {
  return { ratePerSecond: (rho * 1000) / SERVICE_MS, durationMs: seconds * 1000 };
}
