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
  /** How much slower than on a quiet machine its containers get on at present; 1 or more. */
  slowdown(): number;
  /** Kills every container. */
  close(): void;
}

/** Runs each container in a worker of the sandbox, watched. For the platform's cluster worker: needs no DOM. */
export function createWorkerPodHost(options: WorkerPodHostOptions): WorkerPodHost {
  const workers = connectWorkers(options.broker);
  const module = moduleUrl(options.runtime);
  const limits = { ...defaultLimits, ...options.limits };
  const running = new Set<WorkerContainer>();
  const pace = startPace(workers);
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
      const worker = await spawn(start.name, signal);
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
