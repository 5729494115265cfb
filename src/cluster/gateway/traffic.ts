import type { PodView, RequestRecord } from '../lab-cluster.ts';

export type Outcome = Pick<RequestRecord, 'status' | 'failure'>;

/** Every request that reached a Service, counted by pod. */
export interface Traffic {
  begin(service: string, pod: string | null, request: Request): OpenRequest;
  /** Counts of one pod so far. */
  of(pod: string): PodView['requests'];
  /** Every request that has ended, from now on. */
  watch(listener: (record: RequestRecord) => void): () => void;
  /** Whenever a request begins or ends. */
  onChange(listener: () => void): () => void;
  forget(pod: string): void;
}

/** Ends once; later calls are ignored. */
export type OpenRequest = (outcome: Outcome) => void;

interface Counts {
  total: number;
  failed: number;
  inFlight: number;
}

/** Counters at zero. */
export function createTraffic(): Traffic {
  const pods = new Map<string, Counts>();
  const listeners = new Set<(record: RequestRecord) => void>();
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  let lastId = 0;

  function countsOf(pod: string): Counts {
    const counts = pods.get(pod) ?? { total: 0, failed: 0, inFlight: 0 };
    pods.set(pod, counts);
    return counts;
  }

  return {
    begin: (service, pod, request) => {
      const id = ++lastId;
      const at = Date.now();
      const started = performance.now();
      const counts = pod === null ? null : countsOf(pod);
      if (counts) {
        counts.total++;
        counts.inFlight++;
      }
      changed();
      let isOpen = true;
      return ({ status, failure }) => {
        if (!isOpen) return;
        isOpen = false;
        if (counts) {
          counts.inFlight--;
          if (failure !== null || (status ?? 0) >= 500) counts.failed++;
        }
        changed();
        if (listeners.size === 0) return;
        const { method, url } = request;
        const path = new URL(url).pathname;
        const durationMs = performance.now() - started;
        const record = { id, at, service, pod, method, path, status, failure, durationMs };
        for (const listener of listeners) listener(record);
      };
    },
    of: (pod) => pods.get(pod) ?? { total: 0, failed: 0, inFlight: 0 },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onChange: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    forget: (pod) => {
      pods.delete(pod);
    },
  };
}
