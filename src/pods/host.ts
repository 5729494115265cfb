/**
 * The seam between Kubernetes and what really runs a container: a worker in the sandboxed frame
 * here, another runtime later. Everything behind it is hostile until proven otherwise.
 */
export interface PodHost {
  /**
   * Starts one container. Resolves once its module is evaluated and exports a fetch handler. Rejects
   * with `ContainerGone` (its `exit` as for a running one) when it ends before that, and with the
   * signal's reason when aborted.
   */
  start(container: ContainerStart, signal: AbortSignal): Promise<RunningContainer>;
}

export interface ContainerStart {
  /** Pod name, shown in logs and errors. */
  readonly name: string;
  /** The image's compiled module: one ES module whose default export has `fetch(request, env)`. */
  readonly code: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the node's accelerator device is to this container: models run on it where the browser has one. */
  readonly hasAccelerator?: boolean;
  /** Called when the container knows what its accelerator is, and again when that changes. */
  onAccelerator?(found: FoundAccelerator): void;
  /** `resources.limits.memory`; 512 MiB when the manifest sets none. */
  readonly memoryBytes?: number;
  /** Called for each log line, already capped in rate and length. */
  onLog(line: ContainerLog): void;
  /** Bytes of a file the image may read by path, for example `models/triage/manifest.json`. */
  readAsset(path: string): Promise<Uint8Array>;
  /** A call from the container to the cluster network (`fetch('http://service/path')`). */
  onFetch(request: Request): Promise<Response>;
}

/** What a container that was given the accelerator computes on. */
export interface FoundAccelerator {
  readonly device: 'webgpu' | 'wasm';
  /** The adapter's name; or, for `wasm`, why it is not used. */
  readonly text: string;
}

export interface ContainerLog {
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

export interface RunningContainer {
  /** Streams the answer; aborting reaches the handler's `request.signal`. Rejects with `ContainerGone` after exit. */
  fetch(request: Request, signal: AbortSignal): Promise<Response>;
  /** Settles once, when the container is no longer running, whoever ended it. */
  readonly exited: Promise<ContainerExit>;
  /** Ends it at once. */
  kill(exit: ContainerExit): void;
}

export interface ContainerExit {
  readonly exitCode: number;
  /** As `kubectl describe` shows it: Completed, Error, OOMKilled, Unresponsive, ... */
  readonly reason: string;
  /** One sentence for a person. */
  readonly message: string;
}
