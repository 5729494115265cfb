/** One container as the kubelet starts it. */
export interface ContainerProcess {
  /** Unique for each start: a restarted container has a new one. */
  readonly id: string;
  readonly pod: {
    readonly uid: string;
    readonly name: string;
    readonly namespace: string;
    readonly ip: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly name: string;
  readonly image: string;
  readonly restartCount: number;
  readonly containerPorts: readonly number[];
  readonly env: Readonly<Record<string, string>>;
  /** `resources.limits.memory`; null when the manifest sets none. */
  readonly memoryBytes: number | null;
  /** True when `resources.limits` has `gpu.example/webgpu`: the scheduler gave the pod the node's device. */
  readonly hasAccelerator: boolean;
  /** Answers the kubelet's probes on this port until the container has ended. Throws when the port is taken. */
  listen(port: number, probe: (request: Request, signal: AbortSignal) => Promise<Response>): void;
}

/** How a container ended, as the kubelet reports it. */
export interface ProcessExit {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
}

/** What runs containers for the control plane. */
export interface ContainerRuntime {
  /** Runs one container to its end. Never rejects for what the container did. */
  run(process: ContainerProcess): Promise<ProcessExit>;
  /** SIGTERM: the container ends by itself when it has answered what it is answering. */
  terminate(id: string): void;
  /** SIGKILL: ends it at once. */
  kill(id: string): void;
}
