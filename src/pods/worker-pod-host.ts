import {
  connectWorkers,
  moduleUrl,
  SpawnFailed,
  type SandboxedWorker,
  type SandboxedWorkers,
} from '#sandbox/workers.ts';
import { defaultLimits, type ContainerLimits } from './container/limits.ts';
import { WorkerContainer } from './container/worker-container.ts';
import { ContainerGone } from './container-gone.ts';
import burst from './pace/burst.ts?sandboxed-text';
import { BurstPace, type Pace } from './pace/pace.ts';
import type { ContainerExit, ContainerStart, PodHost } from './host.ts';

export interface WorkerPodHostOptions {
  /** A port from `Sandbox.connect()` or `NodePlace.connect()`, used by nobody else. */
  readonly broker: MessagePort;
  /** Text of the runtime that fits the broker: `fetchPodRuntime`. */
  readonly runtime: string;
  /** Text of the runtime for containers with the accelerator, fetched for the first of them; without it they get the other. */
  readonly acceleratedRuntime?: () => Promise<string>;
  /** Each container's limits where they differ from the default. */
  readonly limits?: Partial<ContainerLimits>;
}

export interface WorkerPodHost extends PodHost {
  /** How much slower than on a quiet machine its containers get on at present; 1 or more. */
  slowdown(): number;
  /** Kills every container. */
  close(): void;
}

/** Runs each container in a worker of the sandbox, watched. For the platform's cluster worker: needs no DOM. */
export function createWorkerPodHost(options: WorkerPodHostOptions): WorkerPodHost {
  const workers = connectWorkers(options.broker);
  const module = moduleUrl(options.runtime);
  const acceleratedModule = onceFetched(options.acceleratedRuntime);
  const limits = { ...defaultLimits, ...options.limits };
  const running = new Set<WorkerContainer>();
  const pace = startPace(workers);
  const spawn = async (
    { name, hasAccelerator }: ContainerStart,
    signal: AbortSignal,
  ): Promise<SandboxedWorker> => {
    try {
      const fitting = hasAccelerator ? ((await acceleratedModule()) ?? module) : module;
      return await workers.spawn({ name, module: fitting }, signal);
    } catch (error) {
      if (error instanceof SpawnFailed) throw new ContainerGone(name, notStarted(error));
      throw error;
    }
  };
  return {
    async start(start, signal) {
      const worker = await spawn(start, signal);
      const container = new WorkerContainer(worker, start, limits, pace);
      running.add(container);
      void container.exited.then(() => running.delete(container));
      const onAbort = (): void => {
        container.kill(stopped);
      };
      signal.addEventListener('abort', onAbort);
      try {
        await container.ready;
        return container;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    slowdown: () => pace.slowdown(),
    close() {
      for (const container of running) container.kill(stopped);
      pace.stop();
    },
  };
}

/** The module's URL, made when it is first asked for; a fetch that failed is tried again. */
function onceFetched(fetchText: (() => Promise<string>) | undefined): () => Promise<string | null> {
  let url: Promise<string> | null = null;
  return async () => {
    if (!fetchText) return null;
    url ??= fetchText().then(moduleUrl);
    url.catch(() => (url = null));
    return url;
  };
}

/** Until its worker is up, and where it does not come up, the machine counts as quiet. */
function startPace(workers: SandboxedWorkers): Pace & { stop(): void } {
  const stopping = new AbortController();
  let pace: Pace | null = null;
  workers.spawn({ name: 'pace', module: moduleUrl(burst) }, stopping.signal).then(
    (worker) => {
      pace = new BurstPace(worker.port);
      stopping.signal.addEventListener('abort', () => worker.kill());
    },
    () => {
      pace = null;
    },
  );
  return {
    slowdown: () => pace?.slowdown() ?? 1,
    measure: () => pace?.measure(),
    stop: () => stopping.abort(),
  };
}

const stopped: ContainerExit = {
  exitCode: 137,
  reason: 'Killed',
  message: 'The platform ended it.',
};

function notStarted(error: SpawnFailed): ContainerExit {
  return { exitCode: 128, reason: 'StartError', message: error.message };
}
