import { checkManifests } from '#cluster/check-manifests.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabScenario } from '#labs/lab-scenario.ts';
import { readSettings } from '#labs/read-settings.ts';
import type { Problem } from '#platform/problem.ts';
import { readPools } from '#simulation/read-pools.ts';
import { readQueueServer } from '#simulation/read-server.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { retrySchema, type RetrySettings } from './settings.ts';

type Phase = Extract<ScenarioInput['arrivals'], { kind: 'poisson' }>['phases'][number];

/** Pods and retries as the learner's files say. */
export interface Service {
  readonly pools: ScenarioInput['pools'];
  readonly retry: NonNullable<ScenarioInput['retry']>;
}

/** S of these runs, milliseconds. */
export const SERVICE_MS = 10;
/** Requests per second: 60 % of what four pods can do. */
export const RATE = 240;
/** Times everything takes in the brown-out. */
export const SLOWNESS = 6;
/** Seconds. */
export const BROWN_OUT = { from: 20, until: 50, recoveredBy: 60, end: 80 } as const;
/** Of attempts that meet a fault of a moment. */
export const BLIPS = 0.02;
/** Callers that wake at the same moment, and when, in seconds. */
export const WAVE = { callers: 200, at: 20 } as const;
export const WAVE_BUCKET_MS = 20;
const PATIENCE_MS = 1000;
const SAVED_RETRIES = 100;

/** The service as the files describe it, or what is wrong with them. */
export function readService(
  files: LabFiles,
  manifests: LabFiles,
):
  | { readonly ok: true; readonly service: Service }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const settings = readSettings(files, 'retry.yaml', retrySchema);
  if (!settings.ok) return settings;
  const { pendingPerPod } = settings.value;
  const limit = pendingPerPod === 'unlimited' ? {} : { QUEUE_LIMIT: String(pendingPerPod) };
  const pods = readPools(checkManifests(manifests, ['triage']), {
    service: 'triage',
    coldStartMs: 0,
    readServer: () => readQueueServer(limit),
  });
  if (!pods.ok) return pods;
  return { ok: true, service: { pools: [...pods.pools], retry: toRetry(settings.value) } };
}

/** Quiet, 30 s in which everything takes six times as long, quiet. A bucket is a second. */
export function describeBrownOut(service: Service, seed: number): ScenarioInput {
  const { from, until, end } = BROWN_OUT;
  return {
    ...describe(service, seed),
    arrivals: arrive([{ ratePerSecond: RATE, durationMs: end * 1000 }]),
    faults: [
      {
        kind: 'slowdown',
        fromMs: from * 1000,
        untilMs: until * 1000,
        factor: SLOWNESS,
      },
    ],
    slo: { latencyMs: PATIENCE_MS },
    endsAtMs: end * 1000,
  };
}

/** An ordinary half minute in which one attempt in fifty fails for no reason. */
export function describeBlips(service: Service, seed: number): ScenarioInput {
  return {
    ...describe(service, seed),
    arrivals: arrive([{ ratePerSecond: RATE, durationMs: 30_000 }]),
    warmupMs: 5000,
    faults: [{ kind: 'errors', fromMs: 0, untilMs: 30_000, share: BLIPS }],
  };
}

/** Ordinary traffic, and 200 more callers at the same millisecond. */
export function describeWave(service: Service, seed: number): ScenarioInput {
  const atMs = WAVE.at * 1000;
  const quiet = { ratePerSecond: RATE, durationMs: atMs };
  return {
    ...describe(service, seed),
    arrivals: arrive([
      quiet,
      { ratePerSecond: WAVE.callers * 1000, durationMs: 1 },
      { ...quiet, durationMs: 5000 },
    ]),
    bucketMs: WAVE_BUCKET_MS,
  };
}

/** What the terminal's `simulate` runs. */
export const scenario: LabScenario = ({ files, manifests, seed }) => {
  const read = readService(files, manifests);
  if (!read.ok) return read;
  const { service } = read;
  const { from, until } = BROWN_OUT;
  return {
    ok: true,
    runs: [
      {
        name: 'brown-out',
        about: `from second ${from} to ${until} everything takes ${SLOWNESS} times as long`,
        input: describeBrownOut(service, seed),
      },
      {
        name: 'blips',
        about: `${BLIPS * 100} % of the attempts fail for no reason`,
        input: describeBlips(service, seed),
      },
      {
        name: 'wave',
        about: `${WAVE.callers} callers more at second ${WAVE.at}, all at once`,
        input: describeWave(service, seed),
      },
    ],
  };
};

function toRetry({ attempts, perTryTimeoutMs, backoff, budget }: RetrySettings): Service['retry'] {
  return {
    maxAttempts: attempts,
    perTryTimeoutMs: perTryTimeoutMs === 'none' ? null : perTryTimeoutMs,
    backoffBaseMs: backoff.baseMs,
    backoffMaxMs: backoff.maxMs,
    jitter: backoff.jitter,
    budget: budget === 'none' ? null : { ratio: budget.ratio, burst: SAVED_RETRIES },
  };
}

function describe({ pools, retry }: Service, seed: number): Omit<ScenarioInput, 'arrivals'> {
  return {
    seed,
    pools,
    retry,
    route: { kind: 'least-request' },
    work: { kind: 'time', service: { kind: 'lognormal', meanMs: SERVICE_MS, cv: 0.3 } },
    timeoutMs: PATIENCE_MS,
  };
}

function arrive(phases: Phase[]): ScenarioInput['arrivals'] {
  return { kind: 'poisson', phases };
}
