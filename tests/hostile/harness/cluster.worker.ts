import { expose } from 'comlink';
import { ContainerGone } from '#pods/container-gone.ts';
import { ExchangeFailed } from '#pods/exchange-failure.ts';
import type { ContainerExit, RunningContainer } from '#pods/host.ts';
import { connectHttp, serveHttp } from '#pods/http-port.ts';
import {
  createWorkerPodHost,
  type WorkerPodHost,
  type WorkerPodHostOptions,
} from '#pods/worker-pod-host.ts';
import { connectWorkers, moduleUrl } from '#sandbox/workers.ts';

/** One request's end as the platform saw it. */
export type Answer =
  | { readonly status: number; readonly text: string }
  | { readonly failure: string; readonly message: string };

interface Pod {
  readonly container: RunningContainer;
  exit: (ContainerExit & { readonly at: number }) | null;
}

const hosts = new Map<string, WorkerPodHost>();
const pods = new Map<string, Pod>();
const logs = new Map<string, string[]>();
const bystander = { answered: 0, failed: 0, slowestMs: 0 };
let worstPace = 1;
setInterval(() => {
  for (const host of hosts.values()) worstPace = Math.max(worstPace, host.slowdown());
}, 50);
let brokerForWorkers: MessagePort | null = null;

const api = {
  addHost(kind: string, options: WorkerPodHostOptions): void {
    hosts.set(kind, createWorkerPodHost(options));
  },

  takeBroker(broker: MessagePort): void {
    brokerForWorkers = broker;
  },

  async start(
    kind: string,
    name: string,
    code: string,
    env: Record<string, string>,
  ): Promise<ContainerExit | null> {
    const lines: string[] = [];
    logs.set(name, lines);
    try {
      worstPace = 1;
      const container = await hostOf(kind).start(
        {
          name,
          code,
          env,
          onLog: ({ level, text }) => lines.push(`${level} ${text}`),
          readAsset,
          onFetch: (request) => callPod(new URL(request.url).hostname, request),
        },
        AbortSignal.timeout(60_000),
      );
      const pod: Pod = { container, exit: null };
      pods.set(name, pod);
      void container.exited.then((exit) => {
        pod.exit = { ...exit, at: performance.now() };
      });
      return null;
    } catch (error) {
      if (error instanceof ContainerGone) return error.exit;
      throw error;
    }
  },

  async fetch(name: string, url: string): Promise<Answer> {
    try {
      const response = await callPod(name, new Request(url));
      return { status: response.status, text: await readText(response) };
    } catch (error) {
      const failure = error instanceof ExchangeFailed ? error.failure : 'other';
      return { failure, message: String(error) };
    }
  },

  now: () => performance.now(),
  /** The worst slowdown since the last container was started. */
  worstPace: () => worstPace,
  exitOf: (name: string) => pods.get(name)?.exit ?? null,
  logsOf: (name: string) => logs.get(name) ?? [],
  isPolluted: () => 'polluted' in {} || 'polluted' in [],

  kill(name: string): void {
    pods
      .get(name)
      ?.container.kill({ exitCode: 0, reason: 'Completed', message: 'The test is over.' });
  },

  /** Runs a module in a bare worker of the sandbox, without the runtime's confinement, and returns what it posts. */
  async runBare(module: string, input: unknown): Promise<unknown> {
    if (!brokerForWorkers) throw new Error('No broker yet.');
    const signal = AbortSignal.timeout(8000);
    const worker = await connectWorkers(brokerForWorkers).spawn(
      { name: 'bare', module: moduleUrl(module) },
      signal,
    );
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason);
        });
        worker.port.onmessage = ({ data }) => {
          resolve(data);
        };
        worker.port.postMessage(input);
      });
    } finally {
      worker.kill();
    }
  },

  startBystander(name: string): void {
    const ask = async (): Promise<void> => {
      const before = performance.now();
      const answer = await api.fetch(name, `http://${name}/`);
      const isGood = 'status' in answer && answer.text === 'still here';
      bystander[isGood ? 'answered' : 'failed'] += 1;
      bystander.slowestMs = Math.max(bystander.slowestMs, performance.now() - before);
      setTimeout(() => void ask(), 50);
    };
    void ask();
  },

  takeBystander(): typeof bystander {
    const seen = { ...bystander };
    Object.assign(bystander, { answered: 0, failed: 0, slowestMs: 0 });
    return seen;
  },

  /** Milliseconds of `count` requests one after the other, then requests a second with `parallel` at once. */
  async measure(name: string, count: number, parallel: number) {
    const { container } = podOf(name);
    const ask = async (): Promise<void> => {
      const init = { method: 'POST', body: '{"text":"disk full on node-7"}' };
      const answer = await container.fetch(new Request(`http://${name}/echo`, init), never);
      await answer.text();
    };
    return measure(ask, count, parallel);
  },

  /** The same between this worker and itself over a plain MessageChannel: what the protocol alone costs. */
  async measureLoop(count: number, parallel: number) {
    const { port1, port2 } = new MessageChannel();
    serveHttp(port2, async (request) => new Response(await request.text()));
    const connection = connectHttp(port1);
    const ask = async (): Promise<void> => {
      const init = { method: 'POST', body: '{"text":"disk full on node-7"}' };
      await (await connection.fetch(new Request('http://loop/echo', init))).text();
    };
    return measure(ask, count, parallel);
  },
};

export type ClusterApi = typeof api;

expose(api);

const never = new AbortController().signal;

async function measure(ask: () => Promise<void>, count: number, parallel: number) {
  for (let index = 0; index < 200; index += 1) await ask();
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const before = performance.now();
    await ask();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const start = performance.now();
  const lane = async (): Promise<void> => {
    for (let index = 0; index < count / parallel; index += 1) await ask();
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  const seconds = (performance.now() - start) / 1000;
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), perSecond: Math.round(count / seconds) };
}

function hostOf(kind: string): WorkerPodHost {
  const host = hosts.get(kind);
  if (!host) throw new Error(`No host of kind ${kind}.`);
  return host;
}

function podOf(name: string): Pod {
  const pod = pods.get(name);
  if (!pod) throw new ExchangeFailed('reset', `No pod ${name}.`);
  return pod;
}

async function callPod(name: string, request: Request): Promise<Response> {
  return podOf(name).container.fetch(request, AbortSignal.timeout(20_000));
}

/** Through a reader, because Chromium's `text()` replaces the stream's own error by a general one. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
    text += decoder.decode(read.value, { stream: true });
  return text;
}

async function readAsset(path: string): Promise<Uint8Array> {
  const response = await fetch(`/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
