import type { Problem } from '#platform/problem.ts';
import type { LabFiles } from '#labs/files.ts';

/**
 * A Kubernetes cluster of one lab, in this tab: the control plane and the gateway run in a worker
 * of the platform, the pods in workers inside the sandboxed frame. Open one with
 * `openLabCluster` (open-lab-cluster.ts); everything else in the product talks to this interface.
 */
export interface LabCluster {
  /** Compiles the images, validates and applies every manifest. Old pods keep serving when it fails. */
  deploy(files: LabFiles, signal?: AbortSignal): Promise<DeployResult>;
  /** Runs one kubectl command line (without the word kubectl) and returns what kubectl would print. */
  kubectl(args: readonly string[], files: LabFiles, stdin?: string): Promise<CommandResult>;
  /**
   * Sends a request as a client outside the pods would, through the gateway.
   * `http://<service>[.<namespace>[.svc.cluster.local]][:port]/path` or `http://<node>:<nodePort>/path`.
   * A Service without ready endpoints answers 503 with the reason in its body, as a gateway would.
   */
  fetch(request: Request): Promise<Response>;
  /** A port for a worker of the platform, to be used with `connectHttp` (http-port.ts). */
  openGateway(): Promise<MessagePort>;
  /** Calls back with the whole view at once and then on change, at most every 100 ms. */
  watch(listener: (view: ClusterView) => void): () => void;
  /** Lines that arrive from now on; earlier ones through `kubectl logs`. */
  watchLogs(listener: (lines: readonly LogLine[]) => void): () => void;
  /** Requests finished from now on, in batches at most every 100 ms. */
  watchRequests(listener: (requests: readonly RequestRecord[]) => void): () => void;
  /** Reads /metrics of every running pod once, and what gateway and control plane know. Pods see it as a request. */
  scrape(): Promise<readonly ScrapedTarget[]>;
  /** From now on every file that a pod reads arrives so many milliseconds later, as from a slow volume. */
  slowVolumes(delayMs: number): Promise<void>;
  /** Stops every pod and the control plane. The sandbox frame goes with it. */
  close(): Promise<void>;
}

/** What one scrape got from one target: Prometheus text, or why there is none. */
export interface ScrapedTarget {
  readonly job: string;
  readonly instance: string;
  /** null for the platform's own targets, which name pods themselves. */
  readonly pod: string | null;
  readonly text: string | null;
  readonly failure: string | null;
}

export type DeployResult =
  | {
      readonly ok: true;
      /** `deployment.apps/triage created`, one a line, as kubectl prints. */ readonly applied: readonly string[];
      /** Things worth knowing that stopped nothing; absent when there are none. */
      readonly warnings?: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface ClusterView {
  readonly nodes: readonly string[];
  readonly pods: readonly PodView[];
  readonly deployments: readonly DeploymentView[];
  readonly services: readonly ServiceView[];
  /** Oldest first, at most the last 200. */
  readonly events: readonly EventView[];
}

export interface PodView {
  readonly name: string;
  readonly node: string | null;
  readonly ip: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  /** What `kubectl get pods` shows: Pending, ContainerCreating, Running, CrashLoopBackOff, OOMKilled, Terminating, ... */
  readonly status: string;
  readonly ready: boolean;
  readonly restarts: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** What its models run on, when it was given the accelerator and has said so; null for every other pod. */
  readonly accelerator: { readonly device: 'webgpu' | 'wasm'; readonly text: string } | null;
  readonly requests: { readonly total: number; readonly failed: number; readonly inFlight: number };
}

export interface DeploymentView {
  readonly name: string;
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

export interface ServiceView {
  readonly name: string;
  readonly type: string;
  readonly clusterIP: string | null;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly {
    readonly port: number;
    readonly targetPort: number | string;
    readonly nodePort?: number;
  }[];
  readonly endpoints: readonly {
    readonly pod: string;
    readonly address: string;
    readonly ready: boolean;
  }[];
}

export interface EventView {
  readonly at: number;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  /** `pod/triage-7c9f-x2x4z` */
  readonly object: string;
  readonly message: string;
}

export interface LogLine {
  readonly at: number;
  readonly pod: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

export interface RequestRecord {
  readonly id: number;
  readonly at: number;
  readonly service: string;
  /** null when no endpoint was ready. */
  readonly pod: string | null;
  readonly method: string;
  readonly path: string;
  /** HTTP status, or null when the exchange failed before a status (reset, timeout, cancelled). */
  readonly status: number | null;
  readonly failure: 'no-endpoints' | 'reset' | 'timeout' | 'cancelled' | 'bad-response' | null;
  /** Milliseconds from the gateway's acceptance to the end of the body. */
  readonly durationMs: number;
}
