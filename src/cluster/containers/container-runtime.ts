import { ContainerGone } from '#pods/container-gone.ts';
import type {
  ContainerExit,
  ContainerStart,
  FoundAccelerator,
  PodHost,
  RunningContainer,
} from '#pods/host.ts';
import type { LogLine } from '../lab-cluster.ts';
import type { ContainerProcess, ContainerRuntime } from '../control-plane/container-process.ts';
import { createContainerLife, type ContainerLife } from './container-life.ts';
import { DIGEST_ANNOTATION, findDigest } from './image-digests.ts';
import { imageName, type ImageStore } from './image-store.ts';
import type { LogStore } from './log-store.ts';

export interface ContainerRuntimeOptions {
  readonly host: PodHost;
  readonly images: ImageStore;
  readonly logs: LogStore;
  readonly readAsset: (path: string) => Promise<Uint8Array>;
  /** Hears what a container that was given the accelerator computes on. */
  readonly onAccelerator: (process: ContainerProcess, found: FoundAccelerator) => void;
  /** The cluster network as this pod sees it. */
  readonly onFetch: (request: Request, namespace: string) => Promise<Response>;
}

/** Runs containers through a pod host, and knows who listens where. */
export interface PodRuntime extends ContainerRuntime {
  /** Who listens on a pod's port; null means that a connection is refused. */
  listener(podUid: string, port: number): ContainerLife | null;
}

/** What a container listens on that declares no port and has no `PORT`. */
const DEFAULT_PORT = 8080;

/** A runtime with no container. */
export function createContainerRuntime(options: ContainerRuntimeOptions): PodRuntime {
  const lives = new Map<string, ContainerLife>();
  const listeners = new Map<string, ContainerLife>();
  return {
    listener: (podUid, port) => listeners.get(`${podUid}:${port}`) ?? null,
    terminate: (id) => lives.get(id)?.terminate(),
    kill: (id) => lives.get(id)?.kill(SIGKILLED),
    run: async (process) => {
      const life = createContainerLife(process.pod.uid, process.pod.name);
      lives.set(process.id, life);
      const ports = listeningPorts(process).map((port) => `${process.pod.uid}:${port}`);
      try {
        return await live(options, process, life, () => {
          for (const port of ports) listeners.set(port, life);
        });
      } finally {
        lives.delete(process.id);
        for (const port of ports) if (listeners.get(port) === life) listeners.delete(port);
      }
    },
  };
}

const SIGKILLED: ContainerExit = {
  exitCode: 137,
  reason: 'Error',
  message: 'Killed: it had not ended within its grace period.',
};

async function live(
  options: ContainerRuntimeOptions,
  process: ContainerProcess,
  life: ContainerLife,
  onListening: () => void,
): Promise<ContainerExit> {
  const log = options.logs.open(process.pod.uid, process.name);
  const fail = (message: string): ContainerExit => {
    log({ at: Date.now(), pod: process.pod.name, level: 'error', text: message });
    return { exitCode: 1, reason: 'Error', message };
  };
  let container: RunningContainer;
  try {
    container = await options.host.start(describeStart(options, process, log), life.startSignal);
  } catch (error) {
    // A container that was gone before it served has said in its log what it had to say.
    return (
      life.requestedExit() ?? (error instanceof ContainerGone ? error.exit : fail(textOf(error)))
    );
  }
  life.started(container);
  try {
    for (const port of listeningPorts(process)) listen(process, port, container);
  } catch (error) {
    container.kill(life.requestedExit() ?? fail(`Cannot listen: ${textOf(error)}`));
    return await container.exited;
  }
  onListening();
  return await container.exited;
}

function describeStart(
  { images, readAsset, onFetch, onAccelerator }: ContainerRuntimeOptions,
  process: ContainerProcess,
  log: (line: LogLine) => void,
): ContainerStart {
  const { pod, image, env, memoryBytes, hasAccelerator } = process;
  const name = imageName(image);
  const code = images.module(name, findDigest(pod.annotations[DIGEST_ANNOTATION], name));
  if (code === null) throw new Error(`Image ${name} has not been built.`);
  return {
    name: pod.name,
    code,
    env: { HOSTNAME: pod.name, ...env },
    ...(memoryBytes === null ? {} : { memoryBytes }),
    hasAccelerator,
    onAccelerator: (found) => onAccelerator(process, found),
    onLog: (line) => log({ ...line, pod: pod.name }),
    readAsset,
    onFetch: (request) => onFetch(request, pod.namespace),
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function listen(process: ContainerProcess, port: number, container: RunningContainer): void {
  process.listen(port, (request, signal) => container.fetch(request, signal));
}

function listeningPorts(process: ContainerProcess): readonly number[] {
  const fromEnv = Number(process.env['PORT']);
  if (Number.isInteger(fromEnv) && fromEnv > 0) return [fromEnv];
  return process.containerPorts.length > 0 ? process.containerPorts : [DEFAULT_PORT];
}
