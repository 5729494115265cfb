import { checkManifests } from '#cluster/check-manifests.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabScenario } from '#labs/lab-scenario.ts';
import { readPools, type ReadPools } from '#simulation/read-pools.ts';
import { readQueueServer } from '#simulation/read-server.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';

type Pools = ScenarioInput['pools'];
type Service = Extract<ScenarioInput['work'], { kind: 'time' }>['service'];

/** Traffic of a run, in units of the service time S and of the capacity mu of one replica, 1/S. */
export interface Traffic {
  readonly seed: number;
  readonly service: Service;
  /** S: mean milliseconds that a replica spends on a request. */
  readonly serviceMs: number;
}

/** Of mu. */
export const ORDINARY_LOAD = 1.5;
export const SURGE_LOAD = 4.5;
/** Highest p99 of an ordinary day, in S. */
export const MOST_P99 = 3.5;
/** Requests that count in a run; a tenth as many before them do not. */
export const COUNTED = 3600;
/** An answer later than this is of no use to a caller, in S. */
export const USEFUL_WITHIN = 12;
/** When callers give up, in S. */
const PATIENCE = 30;

/** The pods that the manifests describe. They serve one request at a time, as server.ts does. */
export function readTriagePools(manifests: LabFiles): ReadPools {
  const read = readPools(checkManifests(manifests, ['triage']), {
    service: 'triage',
    coldStartMs: 0,
    readServer: ({ QUEUE_LIMIT }) =>
      readQueueServer(QUEUE_LIMIT === undefined ? {} : { QUEUE_LIMIT }),
  });
  if (!read.ok) return read;
  // The lab asks for a number, not for a rule that finds one.
  return { ok: true, pools: read.pools.map((pool) => ({ ...pool, autoscaler: null })) };
}

/** Half as much again as one replica can take. */
export function describeOrdinaryDay(pools: Pools, traffic: Traffic): ScenarioInput {
  return describe(pools, traffic, ORDINARY_LOAD);
}

/** Three times that, for as long as it takes. Good are answers that come while they are of use. */
export function describeSurge(pools: Pools, traffic: Traffic): ScenarioInput {
  const slo = { latencyMs: USEFUL_WITHIN * traffic.serviceMs };
  return { ...describe(pools, traffic, SURGE_LOAD), slo };
}

function describe(
  pools: Pools,
  { seed, service, serviceMs }: Traffic,
  load: number,
): ScenarioInput {
  const ratePerSecond = (load * 1000) / serviceMs;
  const warmUp = COUNTED / 10;
  return {
    seed,
    arrivals: {
      kind: 'poisson',
      phases: [{ ratePerSecond, durationMs: null }],
      maxArrivals: COUNTED + warmUp,
    },
    warmupMs: (warmUp / ratePerSecond) * 1000,
    work: { kind: 'time', service },
    pools,
    route: { kind: 'round-robin' },
    timeoutMs: PATIENCE * serviceMs,
  };
}

/** A stand-in for what Check measures on this machine. */
const STAND_IN: Omit<Traffic, 'seed'> = {
  serviceMs: 10,
  service: { kind: 'lognormal', meanMs: 10, cv: 0.3 },
};

/** What the terminal's `simulate` runs. */
export const scenario: LabScenario = ({ manifests, seed }) => {
  const read = readTriagePools(manifests);
  if (!read.ok) return read;
  const pools = [...read.pools];
  const traffic = { ...STAND_IN, seed };
  const { serviceMs } = STAND_IN;
  const ordinary = describeOrdinaryDay(pools, traffic);
  const surge = describeSurge(pools, traffic);
  const useful = `answers are good within ${USEFUL_WITHIN} S`;
  return {
    ok: true,
    runs: [
      { name: 'ordinary', about: `${ORDINARY_LOAD} mu`, input: ordinary, serviceMs },
      { name: 'surge', about: `${SURGE_LOAD} mu, ${useful}`, input: surge, serviceMs },
    ],
  };
};
