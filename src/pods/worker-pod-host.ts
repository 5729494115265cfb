import { connectWorkers, moduleUrl, SpawnFailed, type SandboxedWorker } from '#sandbox/workers.ts';
import { defaultLimits, type ContainerLimits } from './container/limits.ts';
import { WorkerContainer } from './container/worker-container.ts';
import { ContainerGone } from './container-gone.ts';
import type { ContainerExit, PodHost } from './host.ts';

export interface WorkerPodHostOptions {
  /** A port from `Sandbox.connect()`, transferred to this worker and used by nobody else. */
  readonly broker: MessagePort;
  /** Text of `#pods/runtime/main.ts?sandboxed`. */
  readonly runtime: string;
  /** Each container's limits where they differ from the default. */
  readonly limits?: Partial<ContainerLimits>;
}

export interface WorkerPodHost extends PodHost {
  /** Kills every container. */
  close(): void;
}

/** Runs each container in a worker of the sandbox, watched. For the platform's cluster worker: needs no DOM. */
export function createWorkerPodHost(options: WorkerPodHostOptions): WorkerPodHost {
  const workers = connectWorkers(options.broker);
  const module = moduleUrl(options.runtime);
  const limits = { ...defaultLimits, ...options.limits };
  const running = new Set<WorkerContainer>();
  const spawn = async (name: string, signal: AbortSignal): Promise<SandboxedWorker> => {
    try {
      return await workers.spawn({ name, module }, signal);
    } catch (error) {
      if (error instanceof SpawnFailed) throw new ContainerGone(name, notStarted(error));
      throw error;
    }
  };
  return {
    async start(start, signal) {
      const container = new WorkerContainer(await spawn(start.name, signal), start, limits);
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
    close() {
      for (const container of running) container.kill(stopped);
    },
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
