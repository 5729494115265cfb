import type { Container, Node, Pod } from './resources.ts';

/** The extended resource that one node of a lab's cluster offers: the learner's own accelerator, through WebGPU. */
export const ACCELERATOR = 'gpu.example/webgpu';

/** True for an extended resource, which is counted whole: `vendor.example/device`. */
export function isDevice(name: string): boolean {
  return name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name);
}

/** What these containers need together; their limits are what counts, as for all extended resources. */
export function devicesOf(containers: readonly Container[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { resources } of containers) {
    for (const [name, quantity] of Object.entries(resources?.limits ?? {}))
      if (isDevice(name) && Number(quantity) > 0)
        total.set(name, (total.get(name) ?? 0) + Number(quantity));
  }
  return total;
}

/** What these pods hold: a pod has its devices until it has ended, also while it terminates. */
export function usedDevices(pods: readonly Pod[]): ReadonlyMap<string, number> {
  return devicesOf(pods.filter(isHolding).flatMap(({ spec }) => spec?.containers ?? []));
}

/** The names of what the node lacks beside what its pods hold; none when the pod fits. */
export function lackingDevices(
  node: Node,
  pods: readonly Pod[],
  needed: ReadonlyMap<string, number>,
): readonly string[] {
  const used = usedDevices(pods.filter(({ spec }) => spec?.nodeName === node.metadata?.name));
  return [...needed]
    .filter(([name, count]) => {
      const offered = Number(node.status?.allocatable?.[name] ?? 0);
      return offered - (used.get(name) ?? 0) < count;
    })
    .map(([name]) => name);
}

/** True once a pod has ended for good, with whatever result. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function isHolding(pod: Pod): boolean {
  return pod.spec?.nodeName !== undefined && !hasEnded(pod);
}
