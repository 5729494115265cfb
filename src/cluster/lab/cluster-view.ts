import type {
  ClusterView,
  DeploymentView,
  EventView,
  PodView,
  ServiceView,
} from '../lab-cluster.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import { identityOf, isOwnedBy } from '../control-plane/identity.ts';
import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Deployment, EndpointSlice, Pod, Service } from '../control-plane/resources.ts';
import type { Traffic } from '../gateway/traffic.ts';
import type { AcceleratorLog } from './accelerator-log.ts';

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

const SHOWN_EVENTS = 200;

/** What the lab's page draws: everything but the control plane's own pods. */
export function describeCluster(
  nodes: readonly string[],
  cache: ClusterCache,
  known: { readonly traffic: Traffic; readonly accelerators: AcceleratorLog },
  events: readonly EventView[],
): ClusterView {
  return {
    nodes,
    pods: own(cache.all('Pod'))
      .map((pod) => describePod(pod, known.traffic, known.accelerators))
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

function describePod(pod: Pod, traffic: Traffic, accelerators: AcceleratorLog): PodView {
  const { name, uid } = identityOf(pod);
  const { status, restarts } = describePodStatus(pod);
  return {
    name,
    node: pod.spec?.nodeName ?? null,
    ip: pod.status?.podIP ?? null,
    labels: pod.metadata?.labels ?? {},
    image: (pod.spec?.containers ?? []).map(({ image }) => image ?? '').join(', '),
    status,
    ready: isReady(pod),
    restarts,
    createdAt: createdAt(pod),
    requests: traffic.of(name),
    accelerator: accelerators.of(uid),
  };
}

function createdAt({ metadata }: Pod): number {
  return new Date(metadata?.creationTimestamp ?? 0).getTime();
}

function isReady({ metadata, status }: Pod): boolean {
  if (metadata?.deletionTimestamp) return false;
  return (status?.conditions ?? []).some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );
}

function describeDeployment(deployment: Deployment): DeploymentView {
  const { updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = deployment.status ?? {};
  return {
    name: identityOf(deployment).name,
    replicas: deployment.spec?.replicas ?? 1,
    updated: updatedReplicas,
    ready: readyReplicas,
    available: availableReplicas,
  };
}

function describeService(service: Service, cache: ClusterCache): ServiceView {
  const { type = 'ClusterIP', clusterIP = null, selector = {}, ports = [] } = service.spec ?? {};
  return {
    name: identityOf(service).name,
    type,
    clusterIP,
    selector,
    ports: ports.map(({ port, targetPort = port, nodePort }) => ({
      port,
      targetPort,
      ...(nodePort === undefined ? {} : { nodePort }),
    })),
    endpoints: findSlices(service, cache).flatMap(({ endpoints }) =>
      (endpoints ?? []).map(describeEndpoint),
    ),
  };
}

function findSlices(service: Service, cache: ClusterCache): readonly EndpointSlice[] {
  return [...cache.all('EndpointSlice')].filter((slice) => isOwnedBy(slice, service));
}

function describeEndpoint({
  addresses,
  conditions,
  targetRef,
}: Endpoint): ServiceView['endpoints'][number] {
  return {
    pod: targetRef?.name ?? '',
    address: addresses[0] ?? '',
    ready: conditions?.ready === true,
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
