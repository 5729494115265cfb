import { ContainerGone } from './container-gone.ts';
import type {
  ContainerExit,
  ContainerLog,
  ContainerStart,
  PodHost,
  RunningContainer,
} from './host.ts';

/** One thing that holds for every pod host. */
export interface ContractCase {
  readonly name: string;
  /** What `run` must resolve to, as JSON. */
  readonly expected: unknown;
  run(host: PodHost): Promise<unknown>;
}

/** What a case of the contract gave. */
export interface ContractResult {
  readonly name: string;
  readonly passed: boolean;
  readonly found: string;
}

/** Runs the cases one after the other; a case that rejects or hangs has failed, with the reason in `found`. */
export async function runContract(
  host: PodHost,
  cases: readonly ContractCase[] = podContract,
): Promise<readonly ContractResult[]> {
  const results: ContractResult[] = [];
  for (const { name, expected, run } of cases) {
    const found = await within(run(host)).then(
      (value) => JSON.stringify(value),
      (error: unknown) => `rejected: ${String(error)}`,
    );
    results.push({ name, passed: found === JSON.stringify(expected), found });
  }
  return results;
}

const CASE_LIMIT_MS = 20_000;
const never = new AbortController().signal;
const ended: ContainerExit = { exitCode: 137, reason: 'Killed', message: 'The case is over.' };

/** What Kubernetes, the gateway and the grader rely on, whatever a container runs in. */
export const podContract: readonly ContractCase[] = [
  {
    name: 'an answer has its status, headers and body, and the handler has the request and the environment',
    expected: [
      201,
      'triage',
      { method: 'POST', path: '/classify?k=1', text: 'disk füll', env: 'a' },
    ],
    run: (host) =>
      using(
        host,
        `async (request, env) => {
          const { pathname, search } = new URL(request.url);
          const body = { method: request.method, path: pathname + search, text: await request.text(), env: env.ZONE };
          return Response.json(body, { status: 201, headers: { 'x-model': 'triage' } });
        }`,
        async ({ container }) => {
          const answer = await container.fetch(post('/classify?k=1', 'disk füll'), never);
          return [answer.status, answer.headers.get('x-model'), await answer.json()];
        },
      ),
  },
  {
    name: 'bytes are not changed in either direction',
    expected: [300_000, true],
    run: (host) =>
      using(
        host,
        `async (request) => new Response(await request.arrayBuffer())`,
        async ({ container }) => {
          const sent = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
          const answer = await container.fetch(post('/', sent), never);
          const got = new Uint8Array(await answer.arrayBuffer());
          return [got.length, got.every((byte, index) => byte === sent[index])];
        },
      ),
  },
  {
    name: 'the first piece of a stream arrives before the last is made',
    expected: ['first', 'ok', 'last', true],
    run: (host) =>
      using(
        host,
        `(() => {
          let finish;
          return (request) => {
            if (request.url.endsWith('/finish')) { finish(); return new Response('ok'); }
            const encoder = new TextEncoder();
            return new Response(new ReadableStream({
              async start(controller) {
                controller.enqueue(encoder.encode('first'));
                await new Promise((resolve) => { finish = resolve; });
                controller.enqueue(encoder.encode('last'));
                controller.close();
              },
            }));
          };
        })()`,
        async ({ container }) => {
          const reader = (await container.fetch(get('/'), never)).body?.getReader();
          const text = async () => new TextDecoder().decode((await reader?.read())?.value);
          const first = await text();
          const finished = await (await container.fetch(get('/finish'), never)).text();
          const last = await text();
          return [first, finished, last, (await reader?.read())?.done];
        },
      ),
  },
  {
    name: 'a request that is given up reaches the handler as an aborted signal',
    expected: ['AbortError', ['waiting', 'aborted']],
    run: (host) =>
      using(
        host,
        `(request) => new Promise(() => {
          console.log('waiting');
          request.signal.addEventListener('abort', () => console.log('aborted'));
        })`,
        async ({ container, lines, until }) => {
          const stop = new AbortController();
          const answer = container.fetch(get('/'), stop.signal).then(String, nameOf);
          await until(() => lines.length === 1);
          stop.abort();
          const failure = await answer;
          await until(() => lines.length === 2);
          return [failure, lines.map(({ text }) => text)];
        },
      ),
  },
  {
    name: 'calls from the container go to the cluster network and nowhere else',
    expected: ['GET http://ledger/balance', 'seven'],
    run: (host) =>
      using(
        host,
        `async () => new Response(await (await fetch('http://ledger/balance')).text())`,
        async ({ container, calls }) => {
          const answer = await container.fetch(get('/'), never);
          return [calls[0], await answer.text()];
        },
      ),
  },
  {
    name: 'log lines arrive in order with their levels',
    expected: [
      ['info', 'one 1'],
      ['warn', 'two'],
      ['error', 'three'],
    ],
    run: (host) =>
      using(
        host,
        `() => { console.log('one', 1); console.warn('two'); console.error('three'); return new Response(); }`,
        async ({ container, lines, until }) => {
          await container.fetch(get('/'), never);
          await until(() => lines.length === 3);
          return lines.map(({ level, text }) => [level, text]);
        },
      ),
  },
  {
    name: 'a handler that throws answers 500 and says so in its log',
    expected: [500, true, 200],
    run: (host) =>
      using(
        host,
        `(request) => { if (request.url.endsWith('/bad')) throw new Error('no such shard'); return new Response(); }`,
        async ({ container, lines, until }) => {
          const { status } = await container.fetch(get('/bad'), never);
          await until(() => lines.length === 1);
          const next = await container.fetch(get('/'), never);
          return [status, lines[0]?.text.startsWith('Error: no such shard'), next.status];
        },
      ),
  },
  {
    name: 'a killed container is gone with the exit it was given, and so is every request',
    expected: [['ContainerGone', 'ContainerGone'], ended],
    run: (host) =>
      using(host, `() => new Promise(() => {})`, async ({ container }) => {
        const waiting = container.fetch(get('/'), never).then(String, nameOf);
        container.kill(ended);
        const later = await container.fetch(get('/'), never).then(String, nameOf);
        return [[await waiting, later], await container.exited];
      }),
  },
  {
    name: 'what nobody caught ends the container with code 1 and its message',
    expected: [1, 'Error', true],
    run: (host) =>
      using(
        host,
        `() => { setTimeout(() => { throw new TypeError('socket is gone'); }); return new Response(); }`,
        async ({ container }) => {
          await container.fetch(get('/'), never);
          const { exitCode, reason, message } = await container.exited;
          return [exitCode, reason, message.startsWith('TypeError: socket is gone')];
        },
      ),
  },
  {
    name: 'a module that exports no handler does not start, and says what it lacks',
    expected: ['ContainerGone', 1, true],
    run: async (host) => {
      const error: unknown = await host
        .start(startOf('export default 7;'), never)
        .catch((reason: unknown) => reason);
      if (!(error instanceof ContainerGone))
        return ['started or rejected otherwise', String(error)];
      return [
        error.name,
        error.exit.exitCode,
        error.exit.message.includes('a number without fetch'),
      ];
    },
  },
  {
    name: 'an endless loop is ended as Unresponsive',
    expected: [137, 'Unresponsive'],
    run: (host) =>
      using(host, `() => { for (;;); }`, async ({ container }) => {
        container.fetch(get('/'), never).catch(() => undefined);
        const { exitCode, reason } = await container.exited;
        return [exitCode, reason];
      }),
  },
  {
    name: 'two containers of one image share nothing',
    expected: ['1', '1', '2'],
    run: async (host) => {
      const image = `() => new Response(String(globalThis.count = (globalThis.count ?? 0) + 1))`;
      return using(host, image, async ({ container: one }) =>
        using(host, image, async ({ container: other }) => {
          const ask = async (pod: RunningContainer) => (await pod.fetch(get('/'), never)).text();
          return [await ask(one), await ask(other), await ask(one)];
        }),
      );
    },
  },
];

interface Bench {
  readonly container: RunningContainer;
  readonly lines: readonly ContainerLog[];
  /** `GET http://...` of each call to the cluster network. */
  readonly calls: readonly string[];
  until(isTrue: () => boolean): Promise<void>;
}

/** Starts a container whose handler is `handler`, and ends it when `work` is done. */
async function using<T>(
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
    return await work({ container, lines, calls, until });
  } finally {
    container.kill(ended);
  }
}

function startOf(code: string): ContainerStart {
  return {
    name: 'contract',
    code,
    env: { ZONE: 'a' },
    onLog() {},
    readAsset: (path) => Promise.reject(new Error(`${path} is not there.`)),
    onFetch: () => Promise.reject(new Error('There is no network.')),
  };
}

function get(path: string): Request {
  return new Request(`http://contract${path}`);
}

function post(path: string, body: string | Uint8Array<ArrayBuffer>): Request {
  return new Request(`http://contract${path}`, { method: 'POST', body });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function within<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, CASE_LIMIT_MS, new Error(`no end within ${CASE_LIMIT_MS} ms`));
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
