import { describePodStatus } from '../control-plane/pod-status.ts';
import type {
  Deployment,
  EndpointSlice,
  HorizontalPodAutoscaler,
  Namespace,
  Node,
  Pod,
  PodSpec,
  ReplicaSet,
  Resource,
  Service,
} from '../control-plane/resources.ts';
import { formatAge, formatSpan } from './age.ts';
import { formatMetrics } from './metric-values.ts';
import type { Column } from './table.ts';

interface Columns<R> {
  readonly normal: readonly Column<R>[];
  /** What `-o wide` adds. */
  readonly wide: readonly Column<R>[];
}

const age = column<Resource>('AGE', ({ metadata }) => formatAge(metadata?.creationTimestamp));
const name = column<Resource>('NAME', ({ metadata }) => metadata?.name ?? '');

const pods: Columns<Pod> = {
  normal: [
    name,
    column('READY', (pod) => {
      const { readyContainers, containers } = describePodStatus(pod);
      return `${readyContainers}/${containers}`;
    }),
    column('STATUS', (pod) => describePodStatus(pod).status),
    column('RESTARTS', (pod) => {
      const { restarts, restartedAt } = describePodStatus(pod);
      const when = restartedAt === null ? '' : ` (${formatSpan(Date.now() - restartedAt)} ago)`;
      return `${restarts}${restarts === 0 ? '' : when}`;
    }),
    age,
  ],
  wide: [
    column('IP', ({ status }) => status?.podIP ?? '<none>'),
    column('NODE', ({ spec }) => spec?.nodeName ?? '<none>'),
    column('NOMINATED NODE', () => '<none>'),
    column('READINESS GATES', () => '<none>'),
  ],
};

const deployments: Columns<Deployment> = {
  normal: [
    name,
    column('READY', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`),
    column('UP-TO-DATE', ({ status }) => String(status?.updatedReplicas ?? 0)),
    column('AVAILABLE', ({ status }) => String(status?.availableReplicas ?? 0)),
    age,
  ],
  wide: templateColumns(({ spec }) => spec),
};

const replicaSets: Columns<ReplicaSet> = {
  normal: [
    name,
    column('DESIRED', ({ spec }) => String(spec?.replicas ?? 1)),
    column('CURRENT', ({ status }) => String(status?.replicas ?? 0)),
    column('READY', ({ status }) => String(status?.readyReplicas ?? 0)),
    age,
  ],
  wide: templateColumns(({ spec }) => spec),
};

const services: Columns<Service> = {
  normal: [
    name,
    column('TYPE', ({ spec }) => spec?.type ?? 'ClusterIP'),
    column('CLUSTER-IP', ({ spec }) => spec?.clusterIP ?? '<none>'),
    column('EXTERNAL-IP', ({ spec }) => (spec?.type === 'LoadBalancer' ? '<pending>' : '<none>')),
    column('PORT(S)', (service) => formatServicePorts(service)),
    age,
  ],
  wide: [column('SELECTOR', ({ spec }) => formatPairs(spec?.selector))],
};

const endpoints: Columns<EndpointSlice> = {
  normal: [
    column('NAME', ({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] ?? ''),
    column('ENDPOINTS', (slice) => formatEndpoints(slice)),
    age,
  ],
  wide: [],
};

const endpointSlices: Columns<EndpointSlice> = {
  normal: [
    name,
    column('ADDRESSTYPE', ({ addressType }) => addressType),
    column('PORTS', ({ ports }) =>
      joinOr(
        (ports ?? []).map(({ port }) => String(port)),
        '<unset>',
      ),
    ),
    column('ENDPOINTS', ({ endpoints: all }) =>
      joinOr(
        (all ?? []).flatMap(({ addresses }) => addresses),
        '<unset>',
      ),
    ),
    age,
  ],
  wide: [],
};

const nodes: Columns<Node> = {
  normal: [
    name,
    column('STATUS', ({ status }) =>
      (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True')
        ? 'Ready'
        : 'NotReady',
    ),
    column('ROLES', () => '<none>'),
    age,
    column('VERSION', () => SERVER_VERSION),
  ],
  wide: [
    column(
      'INTERNAL-IP',
      ({ status }) =>
        status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '<none>',
    ),
    column('EXTERNAL-IP', () => '<none>'),
    column('OS-IMAGE', () => 'Browser tab'),
    column('KERNEL-VERSION', () => '<none>'),
    column('CONTAINER-RUNTIME', () => 'worker://1.0'),
  ],
};

const namespaces: Columns<Namespace> = {
  normal: [
    name,
    column('STATUS', ({ metadata }) => (metadata?.deletionTimestamp ? 'Terminating' : 'Active')),
    age,
  ],
  wide: [],
};

const autoscalers: Columns<HorizontalPodAutoscaler> = {
  normal: [
    name,
    column('REFERENCE', ({ spec: { scaleTargetRef: ref } }) => `${ref.kind}/${ref.name}`),
    column('TARGETS', (scaler) =>
      joinOr(
        formatMetrics(scaler).map(({ current, target }) => `${current}/${target}`),
        '<none>',
      ),
    ),
    column('MINPODS', ({ spec }) => String(spec.minReplicas ?? 1)),
    column('MAXPODS', ({ spec }) => String(spec.maxReplicas)),
    column('REPLICAS', ({ status }) => String(status?.currentReplicas ?? 0)),
    age,
  ],
  wide: [],
};

/** The Kubernetes whose controllers run here. */
export const SERVER_VERSION = 'v1.36.0';

/** The columns of `kubectl get` for each type but events, by plural name. */
export const COLUMNS: Readonly<Record<string, Columns<never>>> = {
  pods,
  deployments,
  replicasets: replicaSets,
  services,
  endpoints,
  endpointslices: endpointSlices,
  nodes,
  namespaces,
  horizontalpodautoscalers: autoscalers,
};

/** `10.0.0.9:8080,10.0.1.4:8080 + 2 more...`, the ready ones only. */
function formatEndpoints({ endpoints: all, ports }: EndpointSlice, shown = 3): string {
  const ready = (all ?? []).filter(({ conditions }) => conditions?.ready);
  const pairs = ready.flatMap(({ addresses }) =>
    (ports ?? []).map(({ port }) => `${addresses[0]}:${port}`),
  );
  if (pairs.length === 0) return '<none>';
  const more = pairs.length > shown ? ` + ${pairs.length - shown} more...` : '';
  return pairs.slice(0, shown).join(',') + more;
}

/** `app=triage,tier=web`, or `<none>`. */
export function formatPairs(pairs: Readonly<Record<string, string>> | undefined): string {
  return joinOr(
    Object.entries(pairs ?? {}).map(([key, value]) => `${key}=${value}`),
    '<none>',
  );
}

function templateColumns<R>(
  specOf: (
    row: R,
  ) =>
    | { template?: { spec?: PodSpec }; selector?: { matchLabels?: Record<string, string> } }
    | undefined,
): readonly Column<R>[] {
  const containers = (row: R) => specOf(row)?.template?.spec?.containers ?? [];
  return [
    column('CONTAINERS', (row) =>
      containers(row)
        .map(({ name: of }) => of)
        .join(','),
    ),
    column('IMAGES', (row) =>
      containers(row)
        .map(({ image }) => image ?? '')
        .join(','),
    ),
    column('SELECTOR', (row) => formatPairs(specOf(row)?.selector?.matchLabels)),
  ];
}

function formatServicePorts({ spec }: Service): string {
  const ports = (spec?.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) =>
    nodePort === undefined ? `${port}/${protocol}` : `${port}:${nodePort}/${protocol}`,
  );
  return joinOr(ports, '<none>');
}

function joinOr(parts: readonly string[], otherwise: string): string {
  return parts.length === 0 ? otherwise : parts.join(',');
}

function column<R>(heading: string, cell: (row: R) => string): Column<R> {
  return { heading, cell };
}
