import { PatchStrategy, setHeaderOptions, type Cluster } from '@ngrok/webernetes';
import type { Kind, ResourceOf } from './resources.ts';
import type { AutoscalerStore } from './autoscaler-store.ts';
import { withSliceName } from './slice-name.ts';

/** Create, read, change and delete for one kind; `namespace` is ignored by kinds that have none. */
export interface ResourceApi<R> {
  list(namespace: string | undefined): Promise<readonly R[]>;
  read(name: string, namespace: string): Promise<R>;
  create(body: R, namespace: string): Promise<R>;
  /** RFC 7386 merge patch. */
  patch(name: string, namespace: string, body: object): Promise<R>;
  remove(name: string, namespace: string, gracePeriodSeconds: number | undefined): Promise<unknown>;
}

export type ResourceApis = { readonly [K in Kind]: ResourceApi<ResourceOf[K]> };

const MERGE = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** One table from kind to the API calls of webernetes, which names a method per kind and verb. */
export function createResourceApis(cluster: Cluster, autoscalers: AutoscalerStore): ResourceApis {
  return {
    Pod: podApi(cluster),
    Deployment: deploymentApi(cluster),
    ReplicaSet: replicaSetApi(cluster),
    Service: serviceApi(cluster),
    EndpointSlice: endpointSliceApi(cluster),
    Namespace: namespaceApi(cluster),
    Node: nodeApi(cluster),
    Event: eventApi(cluster),
    HorizontalPodAutoscaler: autoscalers.api,
  };
}

function grace(seconds: number | undefined): { gracePeriodSeconds?: number } {
  return seconds === undefined ? {} : { gracePeriodSeconds: seconds };
}

function podApi({ api: { corev1 } }: Cluster): ResourceApi<ResourceOf['Pod']> {
  return {
    list: async (namespace) =>
      (namespace === undefined
        ? await corev1.listPodForAllNamespaces()
        : await corev1.listNamespacedPod({ namespace })
      ).items,
    read: (name, namespace) => corev1.readNamespacedPod({ name, namespace }),
    create: (body, namespace) => corev1.createNamespacedPod({ namespace, body }),
    patch: (name, namespace, body) => corev1.patchNamespacedPod({ name, namespace, body }, MERGE),
    remove: (name, namespace, seconds) =>
      corev1.deleteNamespacedPod({ name, namespace, ...grace(seconds) }),
  };
}

function deploymentApi({ api: { appsv1 } }: Cluster): ResourceApi<ResourceOf['Deployment']> {
  return {
    list: async (namespace) =>
      (namespace === undefined
        ? await appsv1.listDeploymentForAllNamespaces()
        : await appsv1.listNamespacedDeployment({ namespace })
      ).items,
    read: (name, namespace) => appsv1.readNamespacedDeployment({ name, namespace }),
    create: (body, namespace) => appsv1.createNamespacedDeployment({ namespace, body }),
    patch: (name, namespace, body) =>
      appsv1.patchNamespacedDeployment({ name, namespace, body }, MERGE),
    remove: (name, namespace) => appsv1.deleteNamespacedDeployment({ name, namespace }),
  };
}

function replicaSetApi({ api: { appsv1 } }: Cluster): ResourceApi<ResourceOf['ReplicaSet']> {
  return {
    list: async (namespace) =>
      (namespace === undefined
        ? await appsv1.listReplicaSetForAllNamespaces()
        : await appsv1.listNamespacedReplicaSet({ namespace })
      ).items,
    read: (name, namespace) => appsv1.readNamespacedReplicaSet({ name, namespace }),
    create: (body, namespace) => appsv1.createNamespacedReplicaSet({ namespace, body }),
    patch: (name, namespace, body) =>
      appsv1.patchNamespacedReplicaSet({ name, namespace, body }, MERGE),
    remove: (name, namespace) => appsv1.deleteNamespacedReplicaSet({ name, namespace }),
  };
}

function serviceApi({ api: { corev1 } }: Cluster): ResourceApi<ResourceOf['Service']> {
  return {
    list: async (namespace) =>
      (namespace === undefined
        ? await corev1.listServiceForAllNamespaces()
        : await corev1.listNamespacedService({ namespace })
      ).items,
    read: (name, namespace) => corev1.readNamespacedService({ name, namespace }),
    create: (body, namespace) => corev1.createNamespacedService({ namespace, body }),
    patch: (name, namespace, body) =>
      corev1.patchNamespacedService({ name, namespace, body }, MERGE),
    remove: (name, namespace) => corev1.deleteNamespacedService({ name, namespace }),
  };
}

function endpointSliceApi({
  api: { discoveryv1 },
}: Cluster): ResourceApi<ResourceOf['EndpointSlice']> {
  const own = async (namespace: string | undefined) =>
    (namespace === undefined
      ? await discoveryv1.listEndpointSliceForAllNamespaces()
      : await discoveryv1.listNamespacedEndpointSlice({ namespace })
    ).items;
  /** A slice as webernetes has it, by the name under which it is shown. */
  const find = async (name: string, namespace: string) => {
    const all = await own(namespace);
    const slice = all.find((one) => withSliceName(one).metadata?.name === name);
    if (slice) return slice;
    const text = `endpointslices.discovery.k8s.io "${name}" not found`;
    throw Object.assign(new Error(text), { name: 'NotFound' });
  };
  return {
    list: async (namespace) => (await own(namespace)).map(withSliceName),
    read: async (name, namespace) => withSliceName(await find(name, namespace)),
    create: (body, namespace) => discoveryv1.createNamespacedEndpointSlice({ namespace, body }),
    patch: () => Promise.reject(readOnly('EndpointSlice')),
    remove: async (shown, namespace) => {
      const name = (await find(shown, namespace)).metadata?.name ?? shown;
      await discoveryv1.deleteNamespacedEndpointSlice({ name, namespace });
    },
  };
}

function namespaceApi({ api: { corev1 } }: Cluster): ResourceApi<ResourceOf['Namespace']> {
  return {
    list: async () => (await corev1.listNamespace()).items,
    read: (name) => corev1.readNamespace({ name }),
    create: (body) => corev1.createNamespace({ body }),
    patch: (name, _namespace, body) => corev1.patchNamespace({ name, body }, MERGE),
    remove: (name) => corev1.deleteNamespace({ name }),
  };
}

function nodeApi({ api: { corev1 } }: Cluster): ResourceApi<ResourceOf['Node']> {
  return {
    list: async () => (await corev1.listNode()).items,
    read: (name) => corev1.readNode({ name }),
    create: () => Promise.reject(readOnly('Node')),
    patch: (name, _namespace, body) => corev1.patchNode({ name, body }, MERGE),
    remove: () => Promise.reject(readOnly('Node')),
  };
}

function eventApi({ api: { corev1 } }: Cluster): ResourceApi<ResourceOf['Event']> {
  return {
    list: async (namespace) =>
      (namespace === undefined
        ? await corev1.listEventForAllNamespaces()
        : await corev1.listNamespacedEvent({ namespace })
      ).items,
    read: (name, namespace) => corev1.readNamespacedEvent({ name, namespace }),
    create: (body, namespace) => corev1.createNamespacedEvent({ namespace, body }),
    patch: () => Promise.reject(readOnly('Event')),
    remove: (name, namespace) => corev1.deleteNamespacedEvent({ name, namespace }),
  };
}

function readOnly(kind: Kind): Error {
  return new Error(`${kind} objects are written by the control plane only.`);
}
