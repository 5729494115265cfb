import * as comlink from 'comlink';
import { compileImages, prepareCompiler } from '#pods/compile.ts';
import { connectHttp, type HttpConnection } from '#pods/http-port.ts';
import type { NodePlace } from '#pods/node-place.ts';
import { openSandbox, type Sandbox } from '#sandbox/open-sandbox.ts';
import type { LabCluster } from './lab-cluster.ts';
import type { ClusterWorkerApi, News, OpenOptions, Topic } from './lab/worker-api.ts';

export interface OpenLabClusterOptions {
  /** Image name to the lab's module that it runs, as in `lab.json`. */
  readonly images: Readonly<Record<string, string>>;
  /** Models that pods may load. */
  readonly models: readonly string[];
  /** Files that are no manifests: they are never applied. */
  readonly settings?: readonly string[];
  /** One that is open already; it stays open when the cluster is closed. */
  readonly sandbox?: Sandbox;
  /** Pods run in it as Node processes instead of in the sandbox; it stays open when the cluster is closed. */
  readonly node?: NodePlace | null;
  /** 1 to 4; 2 by default. */
  readonly nodes?: number;
  /** Ends the opening, not the opened cluster. */
  readonly signal: AbortSignal;
}

type Remote = comlink.Remote<ClusterWorkerApi>;

const DEFAULT_NODES = 2;
const CLOSE_LIMIT_MS = 1_000;

/**
 * Opens a cluster for one lab: a sandbox for its pods and a worker for its control plane. Rejects
 * with `SandboxUnavailable` where the browser cannot isolate a learner's code, with the signal's
 * reason when aborted, and with what the worker said when it could not start.
 */
export async function openLabCluster(options: OpenLabClusterOptions): Promise<LabCluster> {
  const { signal, images, models, settings = [], nodes = DEFAULT_NODES } = options;
  signal.throwIfAborted();
  prepareCompiler();
  const worker = new Worker(new URL('./cluster.worker.ts', import.meta.url), {
    type: 'module',
    name: 'cluster',
  });
  const remote: Remote = comlink.wrap<ClusterWorkerApi>(worker);
  let sandbox: Sandbox | null = null;
  const end = (): void => {
    worker.terminate();
    if (sandbox && sandbox !== options.sandbox) sandbox.remove();
  };
  try {
    if (!options.node) sandbox = options.sandbox ?? (await openSandbox(signal));
    const { broker, place } = connectPlace(options.node ?? null, sandbox);
    const open: OpenOptions = {
      images: Object.keys(images),
      models,
      settings,
      nodes,
      broker,
      place,
    };
    const opened = remote.open(comlink.transfer(open, [broker]));
    await Promise.race([opened, failing(worker), aborting(signal)]);
    return labCluster(remote, images, end);
  } catch (error) {
    end();
    throw error;
  }
}

/** Where pods run: one of the two is given. */
function connectPlace(
  node: NodePlace | null,
  sandbox: Sandbox | null,
): Pick<OpenOptions, 'broker' | 'place'> {
  if (node) return { broker: node.connect(), place: 'webcontainer' };
  if (sandbox) return { broker: sandbox.connect(), place: 'worker' };
  throw new Error('Nothing is there to run pods in.');
}

function labCluster(
  remote: Remote,
  images: OpenLabClusterOptions['images'],
  end: () => void,
): LabCluster {
  let connection: Promise<HttpConnection> | null = null;
  return {
    deploy: async (files, signal) => {
      const compiled = await compileImages(files, images, signal);
      signal?.throwIfAborted();
      return await remote.deploy(files, compiled);
    },
    kubectl: async (args, files, stdin = '') => {
      const compiled = args[0] === 'apply' ? await compileImages(files, images) : null;
      return await remote.kubectl(args, files, stdin, compiled);
    },
    fetch: async (request) => {
      connection ??= remote.openGateway().then((port) => connectHttp(port));
      return await (await connection).fetch(request);
    },
    openGateway: () => remote.openGateway(),
    scrape: () => remote.scrape(),
    slowVolumes: (delayMs) => remote.slowVolumes(delayMs),
    watch: (listener) => subscribe(remote, 'view', listener),
    watchLogs: (listener) => subscribe(remote, 'logs', listener),
    watchRequests: (listener) => subscribe(remote, 'requests', listener),
    close: async () => {
      (await connection)?.close(new Error('The cluster was closed.'));
      // Terminating the worker ends everything in it; asking first lets the pods end in order.
      await Promise.race([remote.close(), pause(CLOSE_LIMIT_MS)]);
      end();
    },
  };
}

function subscribe<T extends Topic>(
  remote: Remote,
  topic: T,
  listener: (news: News[T]) => void,
): () => void {
  let isStopped = false;
  const tell = comlink.proxy((news: News[T]) => {
    if (!isStopped) listener(news);
  });
  const subscription = remote.subscribe(topic, tell as never);
  return () => {
    isStopped = true;
    void subscription.then((number) => remote.unsubscribe(number));
  };
}

function failing(worker: Worker): Promise<never> {
  return new Promise((_resolve, reject) => {
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(`The cluster worker could not start: ${message || 'no reason given'}`));
    });
  });
}

function aborting(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
