import { Cluster, type ClusterInformerResource } from '@ngrok/webernetes';
import { toApiError } from './api-error.ts';
import type { ContainerRuntime, ProcessExit } from './container-process.ts';
import { createAutoscalerStore } from './autoscaler-store.ts';
import { createImage } from './image.ts';
import { createResourceApis } from './resource-api.ts';
import { API_VERSION, type Kind, type ResourceOf } from './resources.ts';
import { keepRevisions } from './revisions.ts';
import { offerAccelerator, scheduleDevices } from './device-scheduler.ts';
import { tuneKubelet } from './tune-kubelet.ts';

/**
 * The API server, controllers, scheduler and kubelets of one cluster. The only way into
 * webernetes: nothing outside this folder imports it. Every refusal is an `ApiError`.
 */
export interface ControlPlane {
  readonly nodes: readonly string[];
  /** All objects of a kind, or those of one namespace. */
  list<K extends Kind>(kind: K, namespace?: string): Promise<readonly ResourceOf[K][]>;
  get<K extends Kind>(kind: K, name: string, namespace: string): Promise<ResourceOf[K]>;
  create<K extends Kind>(kind: K, namespace: string, body: ResourceOf[K]): Promise<ResourceOf[K]>;
  /** RFC 7386 merge patch; a changed `spec` raises `metadata.generation`. */
  patch<K extends Kind>(
    kind: K,
    name: string,
    namespace: string,
    body: object,
  ): Promise<ResourceOf[K]>;
  remove(kind: Kind, name: string, namespace: string, gracePeriodSeconds?: number): Promise<void>;
  /** Existing objects first, as `add`; then every change, within the same turn of the event loop. */
  watch<K extends Kind>(kind: K, listener: (change: Change<ResourceOf[K]>) => void): () => void;
  close(): Promise<void>;
}

interface Change<R> {
  readonly type: 'add' | 'update' | 'delete';
  readonly object: R;
}

export interface ControlPlaneOptions {
  readonly nodes: number;
  /** Image references that can be pulled: `name` means `name:latest`. */
  readonly images: readonly string[];
  readonly runtime: ContainerRuntime;
}

type OwnKind = 'HorizontalPodAutoscaler';

const RESOURCES: { readonly [K in Exclude<Kind, OwnKind>]: ClusterInformerResource } = {
  Pod: 'pods',
  Deployment: 'deployments',
  ReplicaSet: 'replicasets',
  Service: 'services',
  EndpointSlice: 'endpointslices',
  Namespace: 'namespaces',
  Node: 'nodes',
  Event: 'events',
};

/** Boots a cluster; resolves when its API answers (tens of milliseconds). */
export async function createControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const cluster = new Cluster({ nodes: options.nodes });
  const exits = new Map<string, ProcessExit>();
  for (const reference of options.images) {
    const [name = reference, tag = 'latest'] = reference.split(':');
    cluster.registerImage(
      createImage({
        name,
        tag,
        runtime: options.runtime,
        onExit: (id, exit) => exits.set(id, exit),
      }),
    );
  }
  for (const server of cluster.servers) {
    tuneKubelet(server.kubelet);
    reportExits(server.runtime, exits);
  }
  offerAccelerator(cluster);
  const devices = scheduleDevices(cluster);
  await cluster.init();
  const plane = controlPlane(cluster);
  plane.watch('Pod', ({ type, object }) => devices.notice(type, object));
  keepRevisions(plane);
  return plane;
}

function controlPlane(cluster: Cluster): ControlPlane {
  const autoscalers = createAutoscalerStore();
  const apis = createResourceApis(cluster, autoscalers);
  return {
    nodes: cluster.servers.map((server) => server.name),
    list: (kind, namespace) => refusing(() => apis[kind].list(namespace)),
    get: (kind, name, namespace) => refusing(() => apis[kind].read(name, namespace)),
    create: (kind, namespace, body) =>
      refusing(() => {
        const metadata = { ...body.metadata, generation: 1 };
        const full = { apiVersion: API_VERSION[kind], kind, ...body, metadata };
        return apis[kind].create(full, namespace);
      }),
    patch: (kind, name, namespace, body) =>
      refusing(async () => {
        if (!('spec' in body)) return await apis[kind].patch(name, namespace, body);
        const existing = await apis[kind].read(name, namespace);
        const generation = (existing.metadata?.generation ?? 0) + 1;
        return await apis[kind].patch(name, namespace, withGeneration(body, generation));
      }),
    remove: async (kind, name, namespace, gracePeriodSeconds) => {
      await refusing(() => apis[kind].remove(name, namespace, gracePeriodSeconds));
    },
    watch: (kind, listener) =>
      kind === 'HorizontalPodAutoscaler'
        ? autoscalers.watch(listener as Parameters<typeof autoscalers.watch>[0])
        : watch(cluster, kind as Exclude<typeof kind, OwnKind>, listener),
    close: () => cluster.close(),
  };
}

async function refusing<R>(call: () => Promise<R>): Promise<R> {
  try {
    return await call();
  } catch (error) {
    throw toApiError(error);
  }
}

function withGeneration(body: object, generation: number): object {
  const metadata = 'metadata' in body && typeof body.metadata === 'object' ? body.metadata : {};
  return { ...body, metadata: { ...metadata, generation } };
}

function watch<K extends Kind>(
  cluster: Cluster,
  kind: Exclude<K, OwnKind>,
  listener: (change: Change<ResourceOf[K]>) => void,
): () => void {
  const informer = cluster.informer(
    RESOURCES[kind],
    (type, object) => listener({ type, object: object as ResourceOf[K] }),
    {
      onError: (error) => {
        throw toApiError(error);
      },
    },
  );
  return () => void informer.stop();
}

type NodeRuntime = Cluster['servers'][number]['runtime'];

/** webernetes keeps an exit code only; the reason (`OOMKilled`) and message are put beside it here. */
function reportExits(runtime: NodeRuntime, exits: Map<string, ProcessExit>): void {
  const original = runtime.containerStatus.bind(runtime);
  runtime.containerStatus = async (ctx, containerId, verbose) => {
    const [response, error] = await original(ctx, containerId, verbose);
    const status = response?.status;
    if (!status || status.state !== 'Exited') return [response, error];
    const exit = exits.get(status.id);
    const reason = exit?.reason ?? (status.exitCode === 0 ? 'Completed' : 'Error');
    const message = exit ? { message: exit.message } : {};
    return [{ ...response, status: { ...status, reason, ...message } }, error];
  };
}
