import type { ContainerExit, RunningContainer } from '#pods/host.ts';

/** One start of one container, from the kubelet's call to its end. */
export interface ContainerLife {
  readonly podUid: string;
  readonly podName: string;
  /** True from SIGTERM on: what it answers now it finishes, new requests it refuses. */
  isTerminating(): boolean;
  /** The container once its module is evaluated; null before. */
  running(): RunningContainer | null;
  /** Aborted when the container is stopped before it has started. */
  readonly startSignal: AbortSignal;
  started(container: RunningContainer): void;
  /** Counts a request in; call the result once when its answer has been sent. */
  acquire(): () => void;
  terminate(): void;
  kill(exit: ContainerExit): void;
  /** The exit that a stop asked for; null while nobody asked. */
  requestedExit(): ContainerExit | null;
}

const TERMINATED: ContainerExit = {
  exitCode: 0,
  reason: 'Completed',
  message: 'Ended after SIGTERM, with every request answered.',
};

/** A container that has not started yet. */
export function createContainerLife(podUid: string, podName: string): ContainerLife {
  const start = new AbortController();
  let container: RunningContainer | null = null;
  let exit: ContainerExit | null = null;
  let terminating = false;
  let inFlight = 0;

  function kill(requested: ContainerExit): void {
    exit = requested;
    start.abort();
    container?.kill(requested);
  }

  function endWhenIdle(): void {
    if (terminating && inFlight === 0) kill(TERMINATED);
  }

  return {
    podUid,
    podName,
    isTerminating: () => terminating,
    running: () => container,
    startSignal: start.signal,
    started: (running) => {
      container = running;
      if (exit) running.kill(exit);
    },
    acquire: () => {
      inFlight++;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        inFlight--;
        endWhenIdle();
      };
    },
    terminate: () => {
      terminating = true;
      endWhenIdle();
    },
    kill,
    requestedExit: () => exit,
  };
}
