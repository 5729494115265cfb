import type { ClusterView, LabCluster, PodView } from '#cluster/lab-cluster.ts';

/** The newest view of a cluster. */
export interface ViewWatch {
  readonly current: ClusterView;
  stop(): void;
}

/** Follows the cluster's view until stopped. Resolves with the first view. */
export function followView(cluster: LabCluster): Promise<ViewWatch> {
  return new Promise((resolve) => {
    let current: ClusterView | null = null;
    const stop = cluster.watch((view) => {
      const isFirst = current === null;
      current = view;
      if (!isFirst) return;
      // `watch` may call back before it has returned its stop.
      queueMicrotask(() =>
        resolve({
          get current() {
            return current ?? view;
          },
          stop,
        }),
      );
    });
  });
}

/** Pods that run and are not being deleted. */
export function livePods({ pods }: ClusterView): PodView[] {
  return pods.filter((pod) => pod.status !== 'Terminating');
}

/** Whether every Deployment has all the ready pods that it asks for. */
export function isRolledOut({ deployments }: ClusterView): boolean {
  return deployments.length > 0 && deployments.every(({ ready, replicas }) => ready >= replicas);
}

/** The pods with what decides whether they get traffic, in one line: for `measured`. */
export function describePods({ pods }: ClusterView): string {
  const states = pods.map(({ name, status, ready, restarts, requests }) => {
    const readiness = ready ? 'ready' : 'not ready';
    return `${name} ${status}, ${readiness}, ${restarts} restarts, ${requests.total} requests`;
  });
  return states.join('; ') || 'no pods';
}
