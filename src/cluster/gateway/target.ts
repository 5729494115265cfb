import { ExchangeFailed } from '#pods/exchange-failure.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import type { Service } from '../control-plane/resources.ts';

type ServicePort = NonNullable<NonNullable<Service['spec']>['ports']>[number];

/** Where a URL leads inside the cluster. */
export type Target =
  | { readonly kind: 'service'; readonly service: Service; readonly port: ServicePort }
  | {
      readonly kind: 'pod';
      readonly podUid: string;
      readonly podName: string;
      readonly port: number;
    };

/**
 * Resolves a URL as cluster DNS and the Services would, seen from `namespace`. Throws
 * `ExchangeFailed` with the words of a client: ENOTFOUND for a name, ECONNREFUSED for a port.
 */
export function resolveTarget(url: URL, namespace: string, cache: ClusterCache): Target {
  const host = url.hostname.toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const named = findService(host, namespace, cache);
  if (named) return servicePort(named, port, host);
  const node = [...cache.all('Node')].some((candidate) => isNode(candidate, host));
  if (node) return nodePort(port, host, cache);
  const pod = [...cache.all('Pod')].find((candidate) => candidate.status?.podIP === host);
  if (pod) {
    const { uid = '', name = '' } = pod.metadata ?? {};
    return { kind: 'pod', podUid: uid, podName: name, port };
  }
  throw notFound(host, namespace, cache);
}

function findService(host: string, namespace: string, cache: ClusterCache): Service | null {
  const [name = '', inNamespace = namespace, svc = 'svc', ...zone] = host.split('.');
  const isInZone = zone.length === 0 || zone.join('.') === 'cluster.local';
  if (svc === 'svc' && isInZone) {
    const service = cache.find('Service', inNamespace, name);
    if (service) return service;
  }
  return [...cache.all('Service')].find(({ spec }) => spec?.clusterIP === host) ?? null;
}

function servicePort(service: Service, port: number, host: string): Target {
  const ports = service.spec?.ports ?? [];
  const match = ports.find((candidate) => candidate.port === port);
  if (match) return { kind: 'service', service, port: match };
  // A headless Service is only a DNS name for its pods: the port goes through as it is.
  if (service.spec?.clusterIP === 'None') {
    return { kind: 'service', service, port: { port, targetPort: port } };
  }
  const offered = ports.map((candidate) => candidate.port).join(', ');
  throw refused(host, port, `Service ${service.metadata?.name} offers port ${offered}.`);
}

function nodePort(port: number, host: string, cache: ClusterCache): Target {
  for (const service of cache.all('Service')) {
    const match = service.spec?.ports?.find((candidate) => candidate.nodePort === port);
    if (match) return { kind: 'service', service, port: match };
  }
  throw refused(host, port, `No Service of type NodePort has nodePort ${port}.`);
}

function isNode(
  node: { metadata?: { name?: string }; status?: NodeStatus },
  host: string,
): boolean {
  if (node.metadata?.name === host) return true;
  return (node.status?.addresses ?? []).some(({ address }) => address === host);
}

interface NodeStatus {
  addresses?: readonly { address: string }[];
}

function refused(host: string, port: number, why: string): ExchangeFailed {
  return new ExchangeFailed('reset', `connect ECONNREFUSED ${host}:${port}. ${why}`);
}

function notFound(host: string, namespace: string, cache: ClusterCache): ExchangeFailed {
  const known = [...cache.all('Service')]
    .filter(({ metadata }) => metadata?.namespace === namespace)
    .map(({ metadata }) => metadata?.name ?? '');
  const services =
    known.length === 0
      ? `There is no Service in namespace ${namespace}.`
      : `Services in namespace ${namespace}: ${known.sort().join(', ')}.`;
  return new ExchangeFailed('reset', `getaddrinfo ENOTFOUND ${host}. ${services}`);
}
