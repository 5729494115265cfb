import type {
  ClusterView,
  DeploymentView,
  EventView,
  PodView,
  ServiceView,
} from '../lab-cluster.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Deployment, Pod, Service } from '../control-plane/resources.ts';
import type { Traffic } from '../gateway/traffic.ts';

const SHOWN_EVENTS = 200;

/** What the lab's page draws: everything but the control plane's own pods. */
export function describeCluster(
  nodes: readonly string[],
  cache: ClusterCache,
  traffic: Traffic,
  events: readonly EventView[],
): ClusterView {
  return {
    nodes,
    pods: own(cache.all('Pod'))
      .map((pod) => describePod(pod, traffic))
      .sort(byName),
    deployments: own(cache.all('Deployment')).map(describeDeployment).sort(byName),
    services: own(cache.all('Service'))
      .map((service) => describeService(service, cache))
      .sort(byName),
    events: events.slice(-SHOWN_EVENTS),
  };
}

function own<R extends { metadata?: { namespace?: string } }>(objects: Iterable<R>): readonly R[] {
  return [...objects].filter(({ metadata }) => metadata?.namespace !== 'kube-system');
}

function describePod(pod: Pod, traffic: Traffic): PodView {
  const { metadata, spec, status } = pod;
  const described = describePodStatus(pod);
  const isReady = (status?.conditions ?? []).some(
    (condition) => condition.type === 'Ready' && condition.status === 'True',
  );
  return {
    name: metadata?.name ?? '',
    node: spec?.nodeName ?? null,
    ip: status?.podIP ?? null,
    labels: metadata?.labels ?? {},
    image: (spec?.containers ?? []).map(({ image }) => image ?? '').join(', '),
    status: described.status,
    ready: isReady && !metadata?.deletionTimestamp,
    restarts: described.restarts,
    createdAt: new Date(metadata?.creationTimestamp ?? 0).getTime(),
    requests: traffic.of(metadata?.name ?? ''),
  };
}

function describeDeployment({ metadata, spec, status }: Deployment): DeploymentView {
  return {
    name: metadata?.name ?? '',
    replicas: spec?.replicas ?? 1,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
}

function describeService(service: Service, cache: ClusterCache): ServiceView {
  const { metadata, spec } = service;
  const name = metadata?.name ?? '';
  const slices = [...cache.all('EndpointSlice')].filter(
    (slice) =>
      slice.metadata?.labels?.['kubernetes.io/service-name'] === name &&
      slice.metadata.namespace === metadata?.namespace,
  );
  return {
    name,
    type: spec?.type ?? 'ClusterIP',
    clusterIP: spec?.clusterIP ?? null,
    selector: spec?.selector ?? {},
    ports: (spec?.ports ?? []).map(({ port, targetPort, nodePort }) => ({
      port,
      targetPort: targetPort ?? port,
      ...(nodePort === undefined ? {} : { nodePort }),
    })),
    endpoints: slices.flatMap(({ endpoints }) =>
      (endpoints ?? []).map(({ addresses, conditions, targetRef }) => ({
        pod: targetRef?.name ?? '',
        address: addresses[0] ?? '',
        ready: conditions?.ready === true,
      })),
    ),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
