import { ApiError } from './api-error.ts';
import type { ResourceApi } from './resource-api.ts';
import type { HorizontalPodAutoscaler } from './resources.ts';

interface Change {
  readonly type: 'add' | 'update' | 'delete';
  readonly object: HorizontalPodAutoscaler;
}

/** The autoscalers of one cluster, as its API server would keep them. */
export interface AutoscalerStore {
  readonly api: ResourceApi<HorizontalPodAutoscaler>;
  /** Existing objects first, as `add`; then every change. */
  watch(listener: (change: Change) => void): () => void;
}

/** An empty store. */
export function createAutoscalerStore(): AutoscalerStore {
  const objects = new Map<string, HorizontalPodAutoscaler>();
  const listeners = new Set<(change: Change) => void>();
  let version = 0;

  const keep = (type: Change['type'], key: string, object: HorizontalPodAutoscaler) => {
    if (type === 'delete') objects.delete(key);
    else objects.set(key, object);
    for (const listener of listeners) listener({ type, object });
    return object;
  };
  const find = (name: string, namespace: string): HorizontalPodAutoscaler => {
    const object = objects.get(keyOf(name, namespace));
    if (object) return object;
    throw new ApiError('NotFound', `${PLURAL} "${name}" not found`);
  };
  const nextVersion = (): string => String((version += 1));

  return {
    api: {
      list: async (namespace) =>
        [...objects.values()].filter(
          ({ metadata }) => namespace === undefined || metadata?.namespace === namespace,
        ),
      read: async (name, namespace) => find(name, namespace),
      create: async (body, namespace) => {
        const { name = '' } = body.metadata ?? {};
        const key = keyOf(name, namespace);
        if (objects.has(key))
          throw new ApiError('AlreadyExists', `${PLURAL} "${name}" already exists`);
        const given = { uid: crypto.randomUUID(), creationTimestamp: new Date(), namespace };
        const metadata = { ...body.metadata, ...given, resourceVersion: nextVersion() };
        return keep('add', key, { ...body, metadata });
      },
      patch: async (name, namespace, body) => {
        const merged = merge(find(name, namespace), body) as HorizontalPodAutoscaler;
        const metadata = { ...merged.metadata, resourceVersion: nextVersion() };
        return keep('update', keyOf(name, namespace), { ...merged, metadata });
      },
      remove: async (name, namespace) =>
        keep('delete', keyOf(name, namespace), find(name, namespace)),
    },
    watch(listener) {
      for (const object of objects.values()) listener({ type: 'add', object });
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

const PLURAL = 'horizontalpodautoscalers.autoscaling';

function keyOf(name: string, namespace: string): string {
  return `${namespace}/${name}`;
}

/** RFC 7386. */
function merge(target: unknown, patch: object): object {
  const result: Record<string, unknown> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = isMap(value) ? merge(result[key], value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}
