import { ContainerGone } from '#pods/container-gone.ts';
import type { ContainerExit, ContainerStart, PodHost, RunningContainer } from '#pods/host.ts';

/** Over all hosts: a module is evaluated once for each address, so every start needs one of its own. */
let started = 0;

type Fetch = (request: Request, env: Readonly<Record<string, string>>) => Promise<Response>;

/**
 * Runs containers of unit tests in this process: the image's module is really evaluated and its
 * handler really called. The module finds `container` ({ log, fetch, exit }) as a global during
 * evaluation. Nothing isolates it, which is why it is for tests only.
 */
export function createInProcessHost(): PodHost {
  return {
    start: async (container, signal) => {
      signal.throwIfAborted();
      const running = createRunning(container);
      const id = ++started;
      const scope = `globalThis.__containers.get(${id})`;
      registry().set(id, {
        log: (text: string) => container.onLog({ at: Date.now(), level: 'info', text }),
        fetch: (url: string) => container.onFetch(new Request(url)),
        exit: (exitCode: number, reason: string) =>
          running.kill({ exitCode, reason, message: `The test ended it with code ${exitCode}.` }),
      });
      const code = `const container = ${scope};\n${container.code}`;
      const url = `data:text/javascript,${encodeURIComponent(code)}#${id}`;
      const module = (await import(/* @vite-ignore */ url)) as { default: { fetch: Fetch } };
      signal.throwIfAborted();
      running.serve(module.default.fetch.bind(module.default));
      return running;
    },
  };
}

interface Scope {
  log(text: string): void;
  fetch(url: string): Promise<Response>;
  exit(exitCode: number, reason: string): void;
}

function registry(): Map<number, Scope> {
  const global = globalThis as typeof globalThis & { __containers?: Map<number, Scope> };
  global.__containers ??= new Map();
  return global.__containers;
}

function createRunning(start: ContainerStart): RunningContainer & { serve(fetch: Fetch): void } {
  let handler: Fetch | null = null;
  const { promise: exited, resolve } = Promise.withResolvers<ContainerExit>();
  const gone = new AbortController();
  return {
    exited,
    kill: (exit) => {
      resolve(exit);
      gone.abort(new ContainerGone(start.name, exit));
    },
    serve: (fetch) => {
      handler = fetch;
    },
    fetch: (request, signal) => {
      gone.signal.throwIfAborted();
      if (!handler) throw new Error('The container does not serve yet.');
      const ends = AbortSignal.any([signal, gone.signal]);
      const seen = new Request(request, { signal: ends });
      return Promise.race([rejectOn(ends), handler(seen, start.env)]);
    },
  };
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
