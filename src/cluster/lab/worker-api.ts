import type { CompiledImages } from '#pods/compile.ts';
import type { PodPlace } from '#pods/pod-runtime.ts';
import type { LabFiles } from '#labs/files.ts';
import type {
  ClusterView,
  CommandResult,
  DeployResult,
  LogLine,
  RequestRecord,
  ScrapedTarget,
} from '../lab-cluster.ts';

/** What the page may ask of the cluster worker, over comlink. */
export interface ClusterWorkerApi {
  open(options: OpenOptions): Promise<void>;
  deploy(files: LabFiles, compiled: CompiledImages): Promise<DeployResult>;
  kubectl(
    args: readonly string[],
    files: LabFiles,
    stdin: string,
    compiled: CompiledImages | null,
  ): Promise<CommandResult>;
  openGateway(): Promise<MessagePort>;
  scrape(): Promise<readonly ScrapedTarget[]>;
  slowVolumes(delayMs: number): Promise<void>;
  /** Calls back until `unsubscribe` gets the number that this resolves to. */
  subscribe<T extends Topic>(topic: T, listener: (news: News[T]) => void): Promise<number>;
  unsubscribe(subscription: number): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly images: readonly string[];
  readonly models: readonly string[];
  /** Files that are no manifests. */
  readonly settings: readonly string[];
  readonly nodes: number;
  /** A port of the broker that starts what containers run in. */
  readonly broker: MessagePort;
  /** What that is. */
  readonly place: PodPlace;
}

export interface News {
  readonly view: ClusterView;
  readonly logs: readonly LogLine[];
  readonly requests: readonly RequestRecord[];
}

export type Topic = keyof News;
