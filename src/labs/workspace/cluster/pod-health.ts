import type { PodView } from '#cluster/lab-cluster.ts';

/** What a pod's mark looks like: each has its own shape as well as colour. */
export type PodHealth = 'ready' | 'starting' | 'not-ready' | 'failing' | 'ending';

const FAILING = /BackOff|Err|OOMKilled|Unresponsive|Failed|Invalid|Unknown/;

/** Reads a pod's state as an operator would at a glance. */
export function readHealth(pod: Pick<PodView, 'status' | 'ready'>): PodHealth {
  if (pod.status === 'Terminating' || pod.status === 'Completed') return 'ending';
  if (FAILING.test(pod.status)) return 'failing';
  if (pod.ready) return 'ready';
  return pod.status === 'Running' ? 'not-ready' : 'starting';
}

/** Readiness in words, beside what `kubectl get pods` prints. */
export const HEALTH_WORDS: Readonly<Record<PodHealth, string>> = {
  ready: 'ready',
  starting: 'starting',
  'not-ready': 'not ready',
  failing: 'failing',
  ending: 'ending',
};
