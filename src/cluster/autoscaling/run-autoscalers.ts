import type { ScalingMetric } from '#autoscaling/autoscaler.ts';
import { createScalingController, type ScalingController } from '#autoscaling/controller.ts';
import { readAutoscaler } from '#autoscaling/read-autoscaler.ts';
import type { ScrapedTarget } from '../lab-cluster.ts';
import { ApiError } from '../control-plane/api-error.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { identityOf } from '../control-plane/identity.ts';
import { MOST_REPLICAS } from '../control-plane/most-replicas.ts';
import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Deployment, HorizontalPodAutoscaler, Pod } from '../control-plane/resources.ts';
import { matchesSelector } from '../manifests/label-selector.ts';
import { conditionsOf } from './autoscaler-status.ts';
import { readSamples, valuesOf, type PodSamples } from './pod-metrics.ts';

export interface AutoscalersOptions {
  readonly controlPlane: ControlPlane;
  readonly cache: ClusterCache;
  readonly scrape: () => Promise<readonly ScrapedTarget[]>;
  /** Milliseconds between two looks; 15 s as upstream unless told otherwise. */
  readonly periodMs?: number;
}

/** What is remembered of one autoscaler; a changed specification begins anew. */
interface Running {
  readonly uid: string;
  readonly spec: string;
  readonly controller: ScalingController;
}

const PERIOD_MS = 15_000;

/**
 * The controller of the cluster's autoscalers: at each look it scrapes the pods, decides with the
 * algorithm of autoscaling/v2, and scales the Deployment. Gives the function that ends it.
 */
export function runAutoscalers(options: AutoscalersOptions): () => void {
  const running = new Map<string, Running>();
  let before: PodSamples | null = null;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const scalers = [...options.cache.all('HorizontalPodAutoscaler')];
    // Without an autoscaler nobody pays for a scrape.
    if (scalers.length === 0 || isLooking) return;
    isLooking = true;
    try {
      const now = readSamples(await options.scrape(), performance.now());
      for (const scaler of scalers) await lookAt(scaler, now, before, running, options);
      before = now;
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), options.periodMs ?? PERIOD_MS);
  return () => clearInterval(timer);
}

async function lookAt(
  scaler: HorizontalPodAutoscaler,
  now: PodSamples,
  before: PodSamples | null,
  running: Map<string, Running>,
  { controlPlane, cache }: AutoscalersOptions,
): Promise<void> {
  const { name, namespace } = identityOf(scaler);
  const { scaleTargetRef } = scaler.spec;
  const target = cache.find('Deployment', namespace, scaleTargetRef.name);
  if (!target) return;
  const { controller } = remember(scaler, running);
  const pods = podsOf(target, cache);
  const ready = pods
    .filter((pod) => describePodStatus(pod).status === 'Running' && isReady(pod))
    .map((pod) => identityOf(pod).name);
  const values = (metric: ScalingMetric): readonly number[] | null =>
    valuesOf(metric, ready, now, before);
  const current = target.spec?.replicas ?? 1;
  const decision = controller.decide({
    at: now.at / 1000,
    current,
    unready: pods.length - ready.length,
    values,
  });
  const replicas = Math.min(MOST_REPLICAS, decision.replicas);
  const { metrics } = readAutoscaler(scaler);
  const missing = metrics.filter((metric) => values(metric) === null).map((metric) => metric.name);
  const changed = replicas !== current;
  const status = {
    currentReplicas: current,
    desiredReplicas: replicas,
    currentMetrics: metrics.map((metric) => average(values(metric))),
    conditions: conditionsOf(decision, missing),
    ...(changed ? { lastScaleTime: new Date().toISOString() } : {}),
  };
  try {
    if (changed)
      await controlPlane.patch('Deployment', scaleTargetRef.name, namespace, {
        spec: { replicas },
      });
    await controlPlane.patch('HorizontalPodAutoscaler', name, namespace, { status });
    if (changed) await report(scaler, current, replicas, decision.reason, controlPlane);
    else if (decision.reason === 'FailedGetMetrics')
      await record(
        scaler,
        'Warning',
        'FailedGetPodsMetric',
        `unable to get metric ${missing.join(', ')}: no ready pod exposes it`,
        controlPlane,
      );
  } catch (error) {
    // Deleted by somebody since the cache was read: there is nothing left to scale.
    if (!(error instanceof ApiError)) throw error;
  }
}

function remember(scaler: HorizontalPodAutoscaler, running: Map<string, Running>): Running {
  const { name, namespace, uid } = identityOf(scaler);
  const key = `${namespace}/${name}`;
  const spec = JSON.stringify(scaler.spec);
  const known = running.get(key);
  if (known?.uid === uid && known.spec === spec) return known;
  const fresh = { uid, spec, controller: createScalingController(readAutoscaler(scaler)) };
  running.set(key, fresh);
  return fresh;
}

function podsOf({ spec, metadata }: Deployment, cache: ClusterCache): readonly Pod[] {
  return [...cache.all('Pod')].filter(
    (pod) =>
      pod.metadata?.namespace === metadata?.namespace &&
      !pod.metadata?.deletionTimestamp &&
      matchesSelector(spec?.selector ?? {}, pod.metadata?.labels ?? {}),
  );
}

function isReady({ status }: Pod): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );
}

function average(values: readonly number[] | null): number | null {
  return values === null ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function report(
  scaler: HorizontalPodAutoscaler,
  from: number,
  to: number,
  reason: string,
  controlPlane: ControlPlane,
): Promise<void> {
  const names = readAutoscaler(scaler)
    .metrics.map(({ name }) => name)
    .join(', ');
  const why =
    reason === 'TooFewReplicas'
      ? 'Current number of replicas below Spec.MinReplicas'
      : to > from
        ? `pods metric ${names} above target`
        : 'All metrics below target';
  await record(
    scaler,
    'Normal',
    'SuccessfulRescale',
    `New size: ${to}; reason: ${why}`,
    controlPlane,
  );
}

async function record(
  scaler: HorizontalPodAutoscaler,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  controlPlane: ControlPlane,
): Promise<void> {
  const { name, namespace, uid } = identityOf(scaler);
  const time = new Date();
  await controlPlane.create('Event', namespace, {
    metadata: { name: `${name}.${crypto.randomUUID().slice(0, 8)}`, namespace },
    involvedObject: { kind: 'HorizontalPodAutoscaler', name, namespace, uid },
    type,
    reason,
    message,
    source: { component: 'horizontal-pod-autoscaler' },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  });
}
