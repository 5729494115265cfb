import type { Cluster } from '@ngrok/webernetes';

type Kubelet = Cluster['servers'][number]['kubelet'];

/** Milliseconds. What each does and what it measured: docs/decisions/0004-control-plane.md. */
const KUBELET_TUNING = {
  relistPeriodMs: 100,
  crashBackOffMs: 2_000,
  crashBackOffMaxMs: 30_000,
  imageBackOffMs: 2_000,
  imageBackOffMaxMs: 30_000,
  podRetryMs: 2_000,
} as const;

/**
 * Shortens the loops inside a kubelet so that a learner does not wait for them; what a manifest
 * says in seconds (probe periods, grace periods) keeps its meaning. Call before `cluster.init()`.
 * Throws when webernetes no longer has a field that is set here.
 */
export function tuneKubelet(kubelet: Kubelet): void {
  kubelet.pleg.update({
    ...kubelet.pleg.relistDuration,
    relistPeriodMs: KUBELET_TUNING.relistPeriodMs,
  });
  // A kubelet that has just started delays first probes by a random part of their period, so that
  // a restarted node does not probe everything at once. This one has nothing to spread out.
  overwrite(kubelet.probeManager, { startedAt: new Date(0) });
  overwrite(kubelet.podWorkers, { backOffPeriodMs: KUBELET_TUNING.podRetryMs });
  overwrite(field(kubelet, 'crashLoopBackOff'), {
    defaultDurationMs: KUBELET_TUNING.crashBackOffMs,
    maxDurationMs: KUBELET_TUNING.crashBackOffMaxMs,
  });
  overwrite(field(field(kubelet.containerRuntime, 'imagePuller'), 'backOff'), {
    defaultDurationMs: KUBELET_TUNING.imageBackOffMs,
    maxDurationMs: KUBELET_TUNING.imageBackOffMaxMs,
  });
}

function overwrite(target: object, values: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(values)) field(target, name);
  Object.assign(target, values);
}

function field(target: object, name: string): object {
  const value: unknown = Reflect.get(target, name);
  if (value === undefined) {
    throw new Error(
      `webernetes has no ${target.constructor.name}.${name} any more; review tune-kubelet.ts.`,
    );
  }
  return Object(value) as object;
}
