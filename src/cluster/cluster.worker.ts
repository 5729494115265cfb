import * as comlink from 'comlink';
import { fetchAcceleratedRuntime, fetchPodRuntime } from '#pods/pod-runtime.ts';
import { createWorkerPodHost, type WorkerPodHost } from '#pods/worker-pod-host.ts';
import { createAssetReader } from './lab/asset-reader.ts';
import { createEngine, type ClusterEngine } from './lab/create-engine.ts';
import type { ClusterWorkerApi, News, OpenOptions, Topic } from './lab/worker-api.ts';

interface Running {
  readonly engine: ClusterEngine;
  readonly host: WorkerPodHost;
}

let running: Running | null = null;
let volumeDelayMs = 0;
const subscriptions = new Map<number, () => void>();
let lastSubscription = 0;

const api: ClusterWorkerApi = {
  open: async (options) => {
    running = await start(options);
  },
  deploy: (files, compiled) => engine().deploy(files, compiled),
  kubectl: (args, files, stdin, compiled) => engine().kubectl(args, files, stdin, compiled),
  openGateway: async () => {
    const port = engine().openGateway();
    return comlink.transfer(port, [port]);
  },
  scrape: () => engine().scrape(),
  slowVolumes: async (delayMs) => {
    volumeDelayMs = delayMs;
  },
  subscribe: async (topic, listener) => {
    const subscription = ++lastSubscription;
    subscriptions.set(subscription, subscribe(engine(), topic, listener));
    return subscription;
  },
  unsubscribe: async (subscription) => {
    subscriptions.get(subscription)?.();
    subscriptions.delete(subscription);
  },
  close: async () => {
    for (const stop of subscriptions.values()) stop();
    running?.host.close();
    await running?.engine.close();
  },
};

comlink.expose(api);

async function start({
  broker,
  place,
  images,
  models,
  settings,
  nodes,
}: OpenOptions): Promise<Running> {
  const host = createWorkerPodHost({
    broker,
    runtime: await fetchPodRuntime(place),
    ...(place === 'worker' ? { acceleratedRuntime: fetchAcceleratedRuntime } : {}),
  });
  const assets = createAssetReader(models);
  const readAsset = async (path: string) => {
    if (volumeDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, volumeDelayMs));
    return await assets(path);
  };
  const engine = await createEngine({ images, settings, nodes, host, readAsset });
  return { engine, host };
}

function engine(): ClusterEngine {
  if (!running) throw new Error('The cluster worker has not been opened.');
  return running.engine;
}

function subscribe<T extends Topic>(
  cluster: ClusterEngine,
  topic: T,
  listener: (news: News[T]) => void,
): () => void {
  const topics: { readonly [K in Topic]: (tell: (news: News[K]) => void) => () => void } = {
    view: (tell) => cluster.watch(tell),
    logs: (tell) => cluster.watchLogs(tell),
    requests: (tell) => cluster.watchRequests(tell),
  };
  return topics[topic](listener);
}
