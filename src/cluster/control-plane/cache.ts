import type { ControlPlane } from './control-plane.ts';
import type { Kind, ResourceOf } from './resources.ts';

/** The cluster's objects as they are now, kept by watching; reading costs nothing. */
export interface ClusterCache {
  all<K extends Kind>(kind: K): Iterable<ResourceOf[K]>;
  find<K extends Kind>(kind: K, namespace: string, name: string): ResourceOf[K] | null;
  /** Calls back after each change, with what it was before it was deleted in that case. */
  onChange(listener: (change: CacheChange) => void): void;
  close(): void;
}

interface CacheChange {
  readonly kind: Kind;
  readonly type: 'add' | 'update' | 'delete';
  readonly object: ResourceOf[Kind];
}

const KINDS = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'Service',
  'EndpointSlice',
  'Node',
  'Event',
  'HorizontalPodAutoscaler',
] as const;

/** Starts watching every kind that the gateway and the views read. */
export function createCache(controlPlane: ControlPlane): ClusterCache {
  const objects = new Map<Kind, Map<string, ResourceOf[Kind]>>();
  const listeners = new Set<(change: CacheChange) => void>();
  const stops = KINDS.map((kind) => {
    const ofKind = new Map<string, ResourceOf[Kind]>();
    objects.set(kind, ofKind);
    return controlPlane.watch(kind, ({ type, object }) => {
      const key = keyOf(object.metadata?.namespace, object.metadata?.name);
      if (type === 'delete') ofKind.delete(key);
      else ofKind.set(key, object);
      for (const listener of listeners) listener({ kind, type, object });
    });
  });
  return {
    all: <K extends Kind>(kind: K) =>
      (objects.get(kind)?.values() ?? []) as Iterable<ResourceOf[K]>,
    find: <K extends Kind>(kind: K, namespace: string, name: string) =>
      (objects.get(kind)?.get(keyOf(namespace, name)) ?? null) as ResourceOf[K] | null,
    onChange: (listener) => {
      listeners.add(listener);
    },
    close: () => {
      for (const stop of stops) stop();
    },
  };
}

function keyOf(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name ?? ''}`;
}
