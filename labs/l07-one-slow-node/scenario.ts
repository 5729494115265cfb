import { checkManifests } from '#cluster/check-manifests.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabRun, LabScenario } from '#labs/lab-scenario.ts';
import { readSettings } from '#labs/read-settings.ts';
import type { Problem } from '#platform/problem.ts';
import { readPools } from '#simulation/read-pools.ts';
import { readQueueServer } from '#simulation/read-server.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { routeSchema } from './settings.ts';

/** The pods and the policy of the learner's files. */
export interface Routing {
  readonly pools: ScenarioInput['pools'];
  readonly route: NonNullable<ScenarioInput['route']>;
  /** route.ts when it decides. */
  readonly policy?: string;
}

/** Which pod is slow, by position, and later which. */
export interface Night {
  readonly seed: number;
  readonly slow: number;
  readonly next: number;
}

/** S of these runs, milliseconds. Everything is measured in multiples of it. */
export const SERVICE_MS = 10;
/** A pod on the slow node takes so many times S. */
const SLOWNESS = 4;
/** Of mu, the capacity of one healthy replica. With the slow one the four can do 3.25. */
export const LOAD = 2.2;
const BUSY_LOAD = 3.2;
const WARM_UP_MS = 2000;
const REPAIRED_AT_MS = 8000;
/** After the repair a policy may need a moment to notice. */
const NOTICED_AFTER_MS = 4000;
/** Longer than any of the runs. */
const ALWAYS_MS = 1e9;

/** The learner's routing, or what is wrong with the files. */
export function readRouting(
  files: LabFiles,
  manifests: LabFiles,
):
  | { readonly ok: true; readonly routing: Routing }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const read = readSettings(files, 'route.yaml', routeSchema);
  if (!read.ok) return read;
  const pods = readPools(checkManifests(manifests, ['triage']), {
    service: 'triage',
    coldStartMs: 0,
    readServer: () => readQueueServer({}),
  });
  if (!pods.ok) return pods;
  const { policy, weights = {} } = read.value;
  const pools = [...pods.pools];
  if (policy === 'custom')
    return { ok: true, routing: { pools, route: { kind: 'round-robin' }, policy: 'route.ts' } };
  const route = policy === 'weighted' ? { kind: policy, weights } : { kind: policy };
  return { ok: true, routing: { pools, route } };
}

/** One pod is slow from beginning to end. */
export function describeSlowNode({ pools, route }: Routing, { seed, slow }: Night): ScenarioInput {
  return {
    ...describe(pools, route, seed),
    arrivals: arrive([{ load: LOAD, requests: 3600 }]),
    warmupMs: WARM_UP_MS,
    faults: [slowdown(slow, 0, ALWAYS_MS)],
  };
}

/** Half-way the slow one recovers, and another becomes slow. */
export function describeMove(
  { pools, route }: Routing,
  { seed, slow, next }: Night,
): ScenarioInput {
  const requests = 7200;
  const halfMs = (requests / 2 / LOAD) * SERVICE_MS;
  return {
    ...describe(pools, route, seed),
    arrivals: arrive([{ load: LOAD, requests }]),
    warmupMs: WARM_UP_MS,
    faults: [slowdown(slow, 0, halfMs), slowdown(next, halfMs, ALWAYS_MS)],
  };
}

/** The slow one recovers, and the load rises to what takes all four. What counts comes after that. */
export function describeRepair({ pools, route }: Routing, { seed, slow }: Night): ScenarioInput {
  const before = (REPAIRED_AT_MS / SERVICE_MS) * LOAD;
  return {
    ...describe(pools, route, seed),
    arrivals: arrive([
      { load: LOAD, requests: before },
      { load: BUSY_LOAD, requests: 5600 },
    ]),
    warmupMs: REPAIRED_AT_MS + NOTICED_AFTER_MS,
    faults: [slowdown(slow, 0, REPAIRED_AT_MS)],
  };
}

/** What the terminal's `simulate` runs. */
export const scenario: LabScenario = ({ files, manifests, seed }) => {
  const read = readRouting(files, manifests);
  if (!read.ok) return read;
  const { routing } = read;
  const night = { seed, slow: 2, next: 0 };
  const common = {
    serviceMs: SERVICE_MS,
    ...(routing.policy === undefined ? {} : { policy: routing.policy }),
  };
  const runs: readonly LabRun[] = [
    {
      ...common,
      name: 'slow-node',
      about: `${LOAD} mu, triage-2 at a quarter of its speed`,
      input: describeSlowNode(routing, night),
    },
    {
      ...common,
      name: 'it-moves',
      about: `${LOAD} mu, first triage-2 is slow, then triage-0`,
      input: describeMove(routing, night),
    },
    {
      ...common,
      name: 'repair',
      about: `triage-2 is well again after ${REPAIRED_AT_MS / 1000} s, then ${BUSY_LOAD} mu`,
      input: describeRepair(routing, night),
    },
  ];
  return { ok: true, runs };
};

function describe(
  pools: ScenarioInput['pools'],
  route: Routing['route'],
  seed: number,
): Omit<ScenarioInput, 'arrivals'> {
  return {
    seed,
    pools,
    route,
    work: { kind: 'time', service: { kind: 'lognormal', meanMs: SERVICE_MS, cv: 0.3 } },
    timeoutMs: null,
  };
}

function arrive(
  phases: readonly { readonly load: number; readonly requests: number }[],
): ScenarioInput['arrivals'] {
  return {
    kind: 'poisson',
    phases: phases.map(({ load, requests }) => ({
      ratePerSecond: (load * 1000) / SERVICE_MS,
      durationMs: (requests / load) * SERVICE_MS,
    })),
  };
}

function slowdown(pod: number, fromMs: number, untilMs: number) {
  return { kind: 'slowdown' as const, pod, fromMs, untilMs, factor: SLOWNESS };
}
