import type { ClusterCache } from '../control-plane/cache.ts';
import { identityOf } from '../control-plane/identity.ts';
import type { Service } from '../control-plane/resources.ts';
import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Target } from './target.ts';

type ServiceTarget = Extract<Target, { kind: 'service' }>;

/** One address behind a Service port. */
export interface Endpoint {
  readonly podUid: string;
  readonly podName: string;
  readonly port: number;
}

/** The ready endpoints of a target, computed once per change of the cluster. */
export interface EndpointIndex {
  ready(target: Target): readonly Endpoint[];
}

/** Follows EndpointSlices and pods; a pod that is being deleted is left out at once. */
export function createEndpointIndex(cache: ClusterCache): EndpointIndex {
  let known = new WeakMap<object, readonly Endpoint[]>();
  cache.onChange(({ kind }) => {
    if (kind === 'EndpointSlice' || kind === 'Pod' || kind === 'Service') known = new WeakMap();
  });
  return {
    ready: (target) => {
      if (target.kind === 'pod') return [target];
      const found = known.get(target.port) ?? readyEndpoints(target, cache);
      known.set(target.port, found);
      return found;
    },
  };
}

/** Why a Service has no ready endpoint for a port: one sentence, and where to look. */
export function explainNoEndpoints(target: ServiceTarget, cache: ClusterCache): string {
  const { name, namespace } = identityOf(target.service);
  const start = `Service ${namespace}/${name} has no ready endpoints`;
  const { selector } = target.service.spec ?? {};
  if (!selector) return `${start}: it has no selector.`;
  const wanted = formatSelector(selector);
  const pods = [...cache.all('Pod')].filter(
    (pod) => identityOf(pod).namespace === namespace && matches(selector, pod.metadata?.labels),
  );
  if (pods.length === 0) {
    return `${start}: no pod matches its selector ${wanted}. Compare with: kubectl get pods --show-labels`;
  }
  if (lacksNamedPort(target, cache)) {
    return `${start}: no container of its pods has a port named ${target.port.targetPort}.`;
  }
  const states = pods.map((pod) => `${identityOf(pod).name} (${describePodStatus(pod).status})`);
  const count = pods.length === 1 ? '1 pod matches' : `${pods.length} pods match`;
  return `${start}: ${count} its selector ${wanted} and none is ready: ${states.join(', ')}.`;
}

function lacksNamedPort({ service, port }: ServiceTarget, cache: ClusterCache): boolean {
  return typeof port.targetPort === 'string' && sliceOf(service, cache)?.ports?.length === 0;
}

function readyEndpoints(
  { service, port }: ServiceTarget,
  cache: ClusterCache,
): readonly Endpoint[] {
  const slice = sliceOf(service, cache);
  const address = endpointPort(service, port.name, port.port, slice?.ports ?? []);
  if (!slice || address === null) return [];
  const terminating = terminatingPods(cache);
  return (slice.endpoints ?? []).flatMap(({ conditions, targetRef }) => {
    const podUid = targetRef?.uid ?? '';
    if (conditions?.ready !== true || terminating.has(podUid)) return [];
    return [{ podUid, podName: targetRef?.name ?? '', port: address }];
  });
}

function endpointPort(
  service: Service,
  name: string | undefined,
  port: number,
  slicePorts: readonly { name?: string; port?: number }[],
): number | null {
  if (service.spec?.clusterIP === 'None') return port;
  return slicePorts.find((candidate) => (candidate.name ?? '') === (name ?? ''))?.port ?? null;
}

function sliceOf(service: Service, cache: ClusterCache) {
  const { name, namespace } = service.metadata ?? {};
  for (const slice of cache.all('EndpointSlice')) {
    const labels = slice.metadata?.labels;
    if (labels?.['kubernetes.io/service-name'] !== name) continue;
    if (slice.metadata?.namespace === namespace) return slice;
  }
  return null;
}

function terminatingPods(cache: ClusterCache): ReadonlySet<string> {
  const uids = [...cache.all('Pod')].flatMap(({ metadata }) =>
    metadata?.deletionTimestamp && metadata.uid ? [metadata.uid] : [],
  );
  return new Set(uids);
}

function matches(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function formatSelector(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
