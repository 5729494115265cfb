import type { CompiledImages } from '#pods/compile.ts';
import type { PodHost } from '#pods/host.ts';
import { serveHttp } from '#pods/http-port.ts';
import { withoutFiles, type LabFiles } from '#labs/files.ts';
import type {
  ClusterView,
  CommandResult,
  DeployResult,
  LogLine,
  RequestRecord,
  ScrapedTarget,
} from '../lab-cluster.ts';
import { runAutoscalers } from '../autoscaling/run-autoscalers.ts';
import { createContainerRuntime } from '../containers/container-runtime.ts';
import { createImageStore } from '../containers/image-store.ts';
import { createLogStore } from '../containers/log-store.ts';
import { createCache } from '../control-plane/cache.ts';
import { createControlPlane } from '../control-plane/control-plane.ts';
import { createGateway, type Gateway } from '../gateway/gateway.ts';
import type { Balancer } from '../gateway/balancer.ts';
import { createTraffic } from '../gateway/traffic.ts';
import { runKubectl } from '../kubectl/run-kubectl.ts';
import { createAcceleratorLog } from './accelerator-log.ts';
import { applyFiles } from './apply-files.ts';
import { createBatch } from './batch.ts';
import { describeCluster } from './cluster-view.ts';
import { createEventLog } from './event-log.ts';
import { createScraper } from './scrape.ts';

/** A cluster with everything but its page: it runs in the cluster worker, and in Node under test. */
export interface ClusterEngine {
  deploy(files: LabFiles, compiled: CompiledImages): Promise<DeployResult>;
  /** `compiled` is what `apply` puts into the registry first; null for every other command. */
  kubectl(
    args: readonly string[],
    files: LabFiles,
    stdin: string,
    compiled: CompiledImages | null,
  ): Promise<CommandResult>;
  fetch(request: Request): Promise<Response>;
  openGateway(): MessagePort;
  watch(listener: (view: ClusterView) => void): () => void;
  watchLogs(listener: (lines: readonly LogLine[]) => void): () => void;
  watchRequests(listener: (requests: readonly RequestRecord[]) => void): () => void;
  scrape(): Promise<readonly ScrapedTarget[]>;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly images: readonly string[];
  /** Files that are no manifests. */
  readonly settings?: readonly string[];
  readonly host: PodHost;
  /** Bytes of a file that pods may read, for example `models/triage/manifest.json`. */
  readAsset(path: string): Promise<Uint8Array>;
  /** 1 to 4; 2 by default. */
  readonly nodes?: number;
  readonly balancer?: Balancer;
  readonly requestTimeoutMs?: number;
  /** How often autoscalers look; 15 s by default. */
  readonly autoscalerPeriodMs?: number;
}

const BATCH_MS = 100;

/** Boots a cluster; resolves when it takes manifests. */
export async function createEngine(options: EngineOptions): Promise<ClusterEngine> {
  const { settings = [] } = options;
  const images = createImageStore(options.images);
  const logs = createLogStore();
  const traffic = createTraffic();
  const pending = Promise.withResolvers<Gateway>();
  const accelerators = createAcceleratorLog();
  const runtime = createContainerRuntime({
    host: options.host,
    images,
    logs,
    readAsset: (path) => options.readAsset(path),
    onAccelerator: (process, found) => accelerators.note(process.pod, found),
    onFetch: async (request, namespace) => await (await pending.promise).fetch(request, namespace),
  });
  const controlPlane = await createControlPlane({
    nodes: options.nodes ?? 2,
    images: options.images,
    runtime,
  });
  const cache = createCache(controlPlane);
  accelerators.writeTo(controlPlane);
  const gateway = createGateway({
    cache,
    traffic,
    listener: (podUid, port) => runtime.listener(podUid, port),
    ...(options.balancer ? { balancer: options.balancer } : {}),
    ...(options.requestTimeoutMs ? { timeoutMs: options.requestTimeoutMs } : {}),
  });
  pending.resolve(gateway);
  const events = createEventLog(controlPlane, cache);
  cache.onChange(({ kind, type, object }) => {
    if (kind !== 'Pod' || type !== 'delete') return;
    logs.forget(object.metadata?.uid ?? '');
    traffic.forget(object.metadata?.name ?? '');
    accelerators.forget(object.metadata?.uid ?? '');
  });

  const view = (): ClusterView =>
    describeCluster(controlPlane.nodes, cache, { traffic, accelerators }, events());
  const viewers = new Set<(view: ClusterView) => void>();
  const viewBatch = createBatch<null>(BATCH_MS, () => {
    const current = view();
    for (const viewer of viewers) viewer(current);
  });
  const changed = (): void => {
    if (viewers.size > 0) viewBatch.add(null);
  };
  cache.onChange(changed);
  traffic.onChange(changed);
  const services: { close(reason: unknown): void }[] = [];
  const scrape = createScraper({
    cache,
    traffic,
    view,
    listener: (podUid, port) => runtime.listener(podUid, port),
  });

  const stopAutoscalers = runAutoscalers({
    controlPlane,
    cache,
    scrape,
    ...(options.autoscalerPeriodMs ? { periodMs: options.autoscalerPeriodMs } : {}),
  });

  return {
    deploy: (files, compiled) =>
      applyFiles({ controlPlane, images }, withoutFiles(files, settings), compiled),
    kubectl: (args, files, stdin, compiled) =>
      runKubectl(args, { controlPlane, images, logs, files, settings, stdin, compiled }),
    fetch: (request) => gateway.fetch(request, 'default'),
    openGateway: () => {
      const { port1, port2 } = new MessageChannel();
      services.push(serveHttp(port1, (request) => gateway.fetch(request, 'default')));
      return port2;
    },
    watch: (listener) => {
      viewers.add(listener);
      listener(view());
      return () => {
        viewers.delete(listener);
      };
    },
    watchLogs: (listener) => batched(listener, (add) => logs.watch(add)),
    watchRequests: (listener) => batched(listener, (add) => traffic.watch(add)),
    scrape,
    close: async () => {
      for (const service of services) service.close(new Error('The cluster was closed.'));
      stopAutoscalers();
      cache.close();
      viewBatch.stop();
      await controlPlane.close();
    },
  };
}

function batched<T>(
  listener: (items: readonly T[]) => void,
  subscribe: (add: (item: T) => void) => () => void,
): () => void {
  const batch = createBatch(BATCH_MS, listener);
  const stop = subscribe((item) => batch.add(item));
  return () => {
    stop();
    batch.stop();
  };
}
