import { transfer, wrap, type Remote } from 'comlink';
import { compileImages, prepareCompiler, type CompiledImage } from '#pods/compile.ts';
import runtimeUrl from '#pods/runtime/main.ts?sandboxed';
import { findUnmet } from '#sandbox/requirements.ts';
import { openSandbox, type Sandbox } from '#sandbox/open-sandbox.ts';
import type { ClusterApi } from './cluster.worker.ts';
import { trySample, type Finding, type Trial } from './try-sample.ts';

/** Short limits, so that what waits for them does not make the test slow. */
const limits = { startMs: 15_000, requestMs: 1500, responseBytes: 8 * 1024 * 1024 };

const worker = new Worker(new URL('./cluster.worker.ts', import.meta.url), { type: 'module' });
const cluster: Remote<ClusterApi> = wrap<ClusterApi>(worker);
let sandbox: Sandbox;
let runtime = '';
const lag = { worstMs: 0, last: performance.now() };

setInterval(() => {
  const now = performance.now();
  lag.worstMs = Math.max(lag.worstMs, now - lag.last - 10);
  lag.last = now;
}, 10);

const page = {
  cluster,
  unmet: findUnmet,

  async open(): Promise<number> {
    const before = performance.now();
    await (await caches.open('platform')).put('/secret', new Response('secret'));
    prepareCompiler();
    sandbox = await openSandbox(AbortSignal.timeout(20_000));
    const opened = performance.now() - before;
    runtime = await (await fetch(runtimeUrl)).text();
    await page.addHost('pod', null, {});
    const broker = sandbox.connect();
    await cluster.takeBroker(transfer(broker, [broker]));
    const code = 'export default { fetch: () => new Response("still here") };';
    await cluster.start('pod', 'bystander', code, {});
    await cluster.startBystander('bystander');
    return opened;
  },

  /** A host whose containers run the platform's runtime, or `text` instead of the platform's runtime: the worst that an escaped learner could do. */
  async addHost(kind: string, text: string | null, more: object): Promise<void> {
    const broker = sandbox.connect();
    const options = { broker, runtime: text ?? runtime, limits: { ...limits, ...more } };
    await cluster.addHost(kind, transfer(options, [broker]));
  },

  async compile(source: string): Promise<CompiledImage> {
    const images = await compileImages({ 'sample.ts': source }, { sample: 'sample.ts' });
    return images['sample'] as CompiledImage;
  },

  try: (trial: Trial): Promise<Finding> => trySample(page, trial),

  takeLag(): number {
    const worst = lag.worstMs;
    lag.worstMs = 0;
    return worst;
  },

  isPolluted: () => 'polluted' in {} || 'polluted' in [],
  close: () => {
    sandbox.remove();
  },
};

export type HarnessPage = typeof page;

declare global {
  interface Window {
    harness: HarnessPage;
  }
}

window.harness = page;
