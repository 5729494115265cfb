import type {
  ContainerExit,
  ContainerLog,
  ContainerStart,
  PodHost,
  RunningContainer,
} from '../host.ts';

/** A signal that is never aborted. */
export const never = new AbortController().signal;
/** The exit that a case gives its container. */
export const ended: ContainerExit = {
  exitCode: 137,
  reason: 'Killed',
  message: 'The case is over.',
};

/** What a case has to work with. */
export interface Bench {
  readonly container: RunningContainer;
  readonly lines: readonly ContainerLog[];
  /** `GET http://...` of each call to the cluster network. */
  readonly calls: readonly string[];
}

/** Starts a container whose handler is `handler`, and ends it when `work` is done. */
export async function using<T>(
  host: PodHost,
  handler: string,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const lines: ContainerLog[] = [];
  const calls: string[] = [];
  const code = `const handler = ${handler};\nexport default { fetch: handler };`;
  const container = await host.start(
    {
      ...startOf(code),
      onLog: (line) => void lines.push(line),
      onFetch: async ({ method, url }) => {
        calls.push(`${method} ${url}`);
        return new Response('seven');
      },
    },
    never,
  );
  try {
    return await work({ container, lines, calls });
  } finally {
    container.kill(ended);
  }
}

/** A container of the contract that has neither files nor a network. */
export function startOf(code: string): ContainerStart {
  return {
    name: 'contract',
    code,
    env: { ZONE: 'a' },
    onLog() {},
    readAsset: (path) => Promise.reject(new Error(`${path} is not there.`)),
    onFetch: () => Promise.reject(new Error('There is no network.')),
  };
}

/** A GET to the container. */
export function get(path: string): Request {
  return new Request(`http://contract${path}`);
}

/** A POST to the container. */
export function post(path: string, body: string | Uint8Array<ArrayBuffer>): Request {
  return new Request(`http://contract${path}`, { method: 'POST', body });
}

/** The class of what was thrown. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

/** Resolves once it is true; the case's own limit ends it when it never is. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}
