import type { ContainerStatus, Pod } from './resources.ts';

/** What `kubectl get pods` prints about a pod. */
export interface PodStatus {
  readonly status: string;
  readonly readyContainers: number;
  readonly containers: number;
  readonly restarts: number;
  /** When the latest restart was, milliseconds since the epoch; null when there was none. */
  readonly restartedAt: number | null;
}

/** The STATUS, READY and RESTARTS columns of a pod, by the rules of kubectl. */
export function describePodStatus(pod: Pod): PodStatus {
  const statuses = pod.status?.containerStatuses ?? [];
  const ends = statuses.flatMap(({ lastState }) => time(lastState?.terminated?.finishedAt));
  return {
    status: statusWord(pod, statuses),
    readyContainers: statuses.filter(({ ready }) => ready).length,
    containers: pod.spec?.containers.length ?? 0,
    restarts: statuses.reduce((total, { restartCount }) => total + restartCount, 0),
    restartedAt: ends.length === 0 ? null : Math.max(...ends),
  };
}

function statusWord(pod: Pod, statuses: readonly ContainerStatus[]): string {
  if (pod.metadata?.deletionTimestamp) return 'Terminating';
  const phase = pod.status?.reason ?? pod.status?.phase ?? 'Pending';
  const words = statuses.flatMap((status) => containerWord(status) ?? []);
  const isRunning = statuses.some(({ ready, state }) => ready && state?.running);
  const word = words[0] ?? phase;
  return word === 'Completed' && isRunning ? 'Running' : word;
}

function containerWord({ state }: ContainerStatus): string | null {
  if (state?.waiting?.reason) return state.waiting.reason;
  if (!state?.terminated) return null;
  if (state.terminated.reason) return state.terminated.reason;
  return `ExitCode:${state.terminated.exitCode}`;
}

function time(value: Date | string | undefined): readonly number[] {
  return value === undefined ? [] : [new Date(value).getTime()];
}
