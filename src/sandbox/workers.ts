/** One worker inside the sandbox. What arrives on its port is hostile. */
export interface SandboxedWorker {
  readonly port: MessagePort;
  /** Ends it at once; its thread may burn CPU for two seconds more. */
  kill(): void;
}

export interface SandboxedWorkers {
  /**
   * Starts a worker that runs `module` (from `moduleUrl`), whose default export is called with the
   * other end of the worker's port. Resolves when that call has returned.
   */
  spawn(
    worker: { readonly name: string; readonly module: string },
    signal: AbortSignal,
  ): Promise<SandboxedWorker>;
}

/** The worker did not come to run its module. */
export class SpawnFailed extends Error {
  constructor(name: string, reason: string) {
    super(`The worker ${name} did not start: ${reason}`);
    this.name = 'SpawnFailed';
  }
}

const START_LIMIT_MS = 15_000;

/** The URL of a module's text, as a worker in the sandbox can import it. Large: make it once. */
export function moduleUrl(text: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
}

/** Starts and ends workers over a port from `Sandbox.connect()`, which nobody else may use. */
export function connectWorkers(broker: MessagePort): SandboxedWorkers {
  const failures = new Map<number, (message: string) => void>();
  let nextId = 1;
  broker.onmessage = ({ data }: MessageEvent<{ type: string; id: number; message: string }>) => {
    if (data.type === 'failed') failures.get(data.id)?.(data.message);
  };
  return {
    async spawn({ name, module }, signal) {
      signal.throwIfAborted();
      const id = nextId;
      nextId += 1;
      const { port1: port, port2: far } = new MessageChannel();
      const { port1: boot, port2: farBoot } = new MessageChannel();
      const kill = (): void => {
        port.close();
        broker.postMessage({ type: 'kill', id });
      };
      const started = Promise.withResolvers<void>();
      const fail = (reason: string): void => {
        started.reject(new SpawnFailed(name, reason));
      };
      failures.set(id, fail);
      boot.onmessage = ({ data }: MessageEvent<{ started: boolean; message?: string }>) => {
        if (data.started) started.resolve();
        else fail(data.message ?? 'no reason given');
      };
      const onAbort = (): void => {
        started.reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort);
      const late = setTimeout(fail, START_LIMIT_MS, `no sign of life in ${START_LIMIT_MS} ms`);
      broker.postMessage({ type: 'spawn', id, name }, [farBoot]);
      boot.postMessage(module, [far]);
      try {
        await started.promise;
        return { port, kill };
      } catch (error) {
        kill();
        throw error;
      } finally {
        clearTimeout(late);
        signal.removeEventListener('abort', onAbort);
        failures.delete(id);
        boot.close();
      }
    },
  };
}
