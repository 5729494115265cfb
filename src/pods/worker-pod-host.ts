import type { PodHost } from './host.ts';

export interface WorkerPodHostOptions {
  /** A port from `Sandbox.connect()`, transferred to this worker. */
  readonly broker: MessagePort;
  /** Text of `#pods/runtime/main.ts?sandboxed`. */
  readonly runtime: string;
}

export interface WorkerPodHost extends PodHost {
  /** Kills every container. */
  close(): void;
}

/** Runs each container in a worker of the sandbox, watched. For the platform's cluster worker: needs no DOM. */
export declare function createWorkerPodHost(options: WorkerPodHostOptions): WorkerPodHost;
