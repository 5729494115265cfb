import type { LogLine } from '../lab-cluster.ts';

/** Lines kept of one start of one container. */
const KEPT_LINES = 2_000;
/** The running one and the one before it, which `kubectl logs --previous` shows. */
const KEPT_STARTS = 2;

/** What containers wrote, until their pod is gone. */
export interface LogStore {
  /** Opens the log of a new start of a container; the result takes its lines. */
  open(podUid: string, container: string): (line: LogLine) => void;
  /** Lines of the latest start or the one before it, oldest first; null when there was no such start. */
  read(podUid: string, container: string, previous: boolean): readonly LogLine[] | null;
  /** Every line from now on. */
  watch(listener: (line: LogLine) => void): () => void;
  /** Drops the logs of a pod that no longer exists. */
  forget(podUid: string): void;
}

/** An empty store. */
export function createLogStore(): LogStore {
  const pods = new Map<string, Map<string, LogLine[][]>>();
  const listeners = new Set<(line: LogLine) => void>();
  return {
    open: (podUid, container) => {
      const lines = openStart(pods, podUid, container);
      return (line) => {
        lines.push(line);
        if (lines.length > KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
        for (const listener of listeners) listener(line);
      };
    },
    read: (podUid, container, previous) =>
      pods
        .get(podUid)
        ?.get(container)
        ?.at(previous ? -2 : -1) ?? null,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget: (podUid) => {
      pods.delete(podUid);
    },
  };
}

function openStart(
  pods: Map<string, Map<string, LogLine[][]>>,
  podUid: string,
  container: string,
): LogLine[] {
  const containers = pods.get(podUid) ?? new Map<string, LogLine[][]>();
  pods.set(podUid, containers);
  const starts = containers.get(container) ?? [];
  containers.set(container, starts);
  const lines: LogLine[] = [];
  starts.push(lines);
  if (starts.length > KEPT_STARTS) starts.shift();
  return lines;
}
