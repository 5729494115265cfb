import { readAutoscaler, type AutoscalerManifest } from '#autoscaling/read-autoscaler.ts';
import type { CheckedManifests, Place } from '#cluster/check-manifests.ts';
import type { Problem } from '#platform/problem.ts';
import type { Pool, ScenarioInput } from './scenario.ts';

type PoolInput = ScenarioInput['pools'][number];

/** The parts of a checked manifest that a simulation reads. */
interface SimulatedManifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

interface DeploymentSpec {
  readonly replicas?: number;
  readonly template: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec: { readonly containers: readonly ContainerSpec[] };
  };
}

interface ContainerSpec {
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly readinessProbe?: {
    readonly initialDelaySeconds?: number;
    readonly periodSeconds?: number;
  };
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
}

export interface ReadPoolsOptions {
  /** Name of the Service that the requests go to. */
  readonly service: string;
  /** From the creation of a pod until it can answer, milliseconds, as calibrated. */
  readonly coldStartMs: number;
  /** On the way to a pod and back, milliseconds, as calibrated. */
  readonly overheadMs?: number;
  /** How a pod of this lab reads its environment; a string says what is wrong with it and how to mend it. */
  readonly readServer: (env: Readonly<Record<string, string>>) => Pool['server'] | string;
  /** Factors of service time by the pod's position: slow nodes. */
  readonly factors?: readonly number[];
  /** How often an autoscaler looks; 15 s upstream. */
  readonly syncPeriodSeconds?: number;
}

export type ReadPools =
  | { readonly ok: true; readonly pools: readonly PoolInput[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const PROBE_PERIOD_SECONDS = 10;

/**
 * The pods behind a Service as its manifests describe them, for a run in virtual time: replicas,
 * readiness, the server's settings from the container's environment, and the autoscaler. Takes what
 * `checkManifests` gave for a simulation, without errors.
 */
export function readPools(
  { manifests, places: placeOf }: CheckedManifests,
  options: ReadPoolsOptions,
): ReadPools {
  const places: ReadonlyMap<object, Place> = placeOf;
  const service = manifests.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === options.service,
  );
  if (!service) return refuse(noService(manifests, options.service));
  const { selector = {} } = (service['spec'] ?? {}) as ServiceSpec;
  const deployments = manifests.filter(
    (one) => one.kind === 'Deployment' && isSelected(selector, one),
  );
  if (deployments.length === 0) return refuse(noPods(places.get(service), options.service));
  const problems: Problem[] = [];
  const pools = deployments.flatMap((deployment) => {
    const pool = readPool(deployment, manifests, options);
    if (typeof pool !== 'string') return [pool];
    problems.push(badEnvironment(deployment, places.get(deployment), pool));
    return [];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pools };
}

function badEnvironment(
  { metadata }: SimulatedManifest,
  at: Place | undefined,
  said: string,
): Problem {
  return {
    ...place(at),
    field: 'spec.template.spec.containers.0.env',
    message: `Deployment ${metadata.name}: ${said}`,
    repair: 'Change the value there, or take the variable out.',
  };
}

function readPool(
  deployment: SimulatedManifest,
  manifests: readonly SimulatedManifest[],
  {
    readServer,
    coldStartMs,
    overheadMs = 0,
    factors = [],
    syncPeriodSeconds = 15,
  }: ReadPoolsOptions,
): PoolInput | string {
  const { name } = deployment.metadata;
  const { replicas = 1, template } = deployment['spec'] as DeploymentSpec;
  const [container] = template.spec.containers;
  const server = readServer(readEnvironment(container));
  if (typeof server === 'string') return server;
  const scaler = manifests.find((one) => isScalerOf(one, name));
  const autoscaler = scaler
    ? { ...readAutoscaler(scaler as unknown as AutoscalerManifest), syncPeriodSeconds }
    : null;
  const readiness = readReadiness(container);
  const initial = { name, replicas, server, overheadMs, coldStartMs, readiness };
  return { ...initial, factors: [...factors], autoscaler };
}

function readEnvironment(container: ContainerSpec | undefined): Record<string, string> {
  return Object.fromEntries((container?.env ?? []).map(({ name, value = '' }) => [name, value]));
}

function readReadiness(container: ContainerSpec | undefined): Pool['readiness'] {
  const probe = container?.readinessProbe;
  if (!probe) return null;
  const { initialDelaySeconds = 0, periodSeconds = PROBE_PERIOD_SECONDS } = probe;
  return { initialDelayMs: initialDelaySeconds * 1000, periodMs: periodSeconds * 1000 };
}

function isScalerOf(manifest: SimulatedManifest, deployment: string): boolean {
  if (manifest.kind !== 'HorizontalPodAutoscaler') return false;
  const { scaleTargetRef } = (manifest as unknown as AutoscalerManifest).spec;
  return scaleTargetRef.kind === 'Deployment' && scaleTargetRef.name === deployment;
}

function isSelected(
  selector: Readonly<Record<string, string>>,
  deployment: SimulatedManifest,
): boolean {
  const labels = (deployment['spec'] as DeploymentSpec).template.metadata?.labels ?? {};
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function noService(manifests: readonly SimulatedManifest[], name: string): Problem {
  const names = manifests
    .filter(({ kind }) => kind === 'Service')
    .map(({ metadata }) => metadata.name);
  const present =
    names.length > 0 ? `The Services are ${names.join(', ')}.` : 'There is no Service.';
  return {
    file: 'service.yaml',
    message: `the requests go to the Service ${name}, and no manifest declares it. ${present}`,
    repair: `Set metadata.name of the Service to ${name}.`,
  };
}

function noPods(at: Place | undefined, name: string): Problem {
  return {
    ...place(at),
    message: `the selector of Service ${name} matches the pods of no Deployment, so every request would be answered with 503.`,
    repair: 'Give spec.selector the labels of the Deployment at spec.template.metadata.labels.',
  };
}

function place(at: Place | undefined): Pick<Problem, 'file' | 'line' | 'column'> {
  return at ?? { file: 'deployment.yaml' };
}

function refuse(problem: Problem): ReadPools {
  return { ok: false, problems: [problem] };
}
