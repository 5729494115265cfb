import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { transform } from 'esbuild';
import { bareRuntime } from '../hostile/bare.ts';
import type { Answer } from '../hostile/harness/cluster.worker.ts';
import { serveCanary, serveHarness } from '../hostile/harness/serve.ts';
import { readSamples, type Sample } from '../hostile/sample.ts';

type Env = Record<string, string>;
type Ended = { reason: string; exitCode: number; message: string; afterMs: number };

const LAG_MS = 100;
const samples = readSamples();

let out = '';
let site: Awaited<ReturnType<typeof serveHarness>>;
let canary: Awaited<ReturnType<typeof serveCanary>>;
let page: Page;
const env: Env = {};
const seen: string[] = [];

test.beforeAll(async ({ browser }) => {
  out = await mkdtemp(join(tmpdir(), 'hostile-'));
  site = await serveHarness(out);
  canary = await serveCanary();
  Object.assign(env, { CANARY: canary.origin, PLATFORM: site.origin });
  page = await browser.newPage();
  page.on('requestfinished', (request) => seen.push(request.url()));
  page.on('requestfailed', (request) => {
    // What the policy stopped is reported as a request too, although none was made.
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason !== 'csp') seen.push(`${request.url()} (${reason})`);
  });
  await page.goto(site.origin);
  await page.evaluate(async () => {
    document.cookie = 'session=platform';
    localStorage.setItem('file', 'what the learner wrote');
    await window.harness.open();
    const code = 'export default { fetch: () => new Response("still here") };';
    await window.harness.cluster.start('pod', 'bystander', code, {});
    await window.harness.cluster.startBystander('bystander');
  });
});

test.afterAll(async () => {
  await page.close();
  await Promise.all([site.close(), canary.close(), rm(out, { recursive: true })]);
});

test('there are samples of every kind', () => {
  expect(samples.length).toBeGreaterThanOrEqual(20);
});

for (const sample of samples) {
  for (const as of sample.as) {
    test(`${as}: ${sample.title} (${sample.name})`, async () => {
      const lags: number[] = [];
      // A busy machine holds the page up now and then; hostile code that does so does it every time.
      while (lags.length < 3 && lags.every((lag) => lag > LAG_MS))
        lags.push(await tryOnce(sample, as, `${sample.name}-${as}-${lags.length}`));
      expect(Math.min(...lags)).toBeLessThanOrEqual(LAG_MS);
    });
  }
}

test('nothing reached the server outside, and the page asked nobody but its own site', () => {
  expect(canary.hits).toEqual([]);
  const elsewhere = seen.filter(
    (url) => !url.startsWith(site.origin) && !/^(data|blob):/.test(url),
  );
  expect(elsewhere).toEqual([]);
  expect(seen.filter((url) => url.includes('canary-on-platform'))).toEqual([]);
});

test('what the learner has stored is as it was', async () => {
  const kept = await page.evaluate(() => [document.cookie, localStorage.getItem('file')]);
  expect(kept).toEqual(['session=platform', 'what the learner wrote']);
});

test('the canary itself works: a request from outside the sandbox is counted', async () => {
  await fetch(`${canary.origin}/positive-control`);
  expect(canary.hits).toEqual(['GET /positive-control']);
});

/** Milliseconds that the page was held up at worst, while the other pod answered all along and nothing outside changed. */
async function tryOnce(sample: Sample, as: Sample['as'][number], name: string): Promise<number> {
  await page.evaluate(() => {
    window.harness.takeLag();
    return window.harness.cluster.takeBystander();
  });
  if (as === 'worker') await tryBare(sample);
  else await tryContainer(sample, name, as);
  const state = await page.evaluate(async () => ({
    lagMs: window.harness.takeLag(),
    bystander: await window.harness.cluster.takeBystander(),
    isPolluted: window.harness.isPolluted() || (await window.harness.cluster.isPolluted()),
  }));
  expect(state.isPolluted).toBe(false);
  expect(state.bystander.failed).toBe(0);
  return state.lagMs;
}

async function tryBare(sample: Sample): Promise<void> {
  const { code } = await transform(sample.source, { loader: 'ts', format: 'esm' });
  const module = `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`;
  const text = await page.evaluate(
    ([runtime, input]) => window.harness.cluster.runBare(runtime, input),
    [bareRuntime, { module, env }] as const,
  );
  expect(JSON.parse(String(text))).toMatchObject({ reached: false });
}

async function tryContainer(sample: Sample, name: string, as: 'pod' | 'runtime'): Promise<void> {
  const { expect: wanted } = sample;
  const code = as === 'pod' ? await compile(sample) : await takeOver(sample, name);
  if (code === null) return;
  const started = await page.evaluate(
    async ([kind, pod, text, values]) => {
      const before = performance.now();
      const exit = await window.harness.cluster.start(kind, pod, text, values);
      return { exit, tookMs: performance.now() - before };
    },
    [as === 'pod' ? 'pod' : name, name, code, env] as const,
  );
  if (wanted.outcome === 'not-started') {
    expect(wanted.reasons).toContain(started.exit?.reason);
    expect(started.tookMs).toBeLessThanOrEqual(wanted.withinMs);
    return;
  }
  expect(started.exit).toBeNull();
  await attack(sample, name);
  await page.evaluate((pod) => window.harness.cluster.kill(pod), name);
}

async function attack({ expect: wanted }: Sample, name: string): Promise<void> {
  if (wanted.outcome === 'killed') {
    const ended = await attackUntilKilled(name, wanted.withinMs + 3000);
    expect(wanted.reasons).toContain(ended.reason);
    expect(ended.afterMs).toBeLessThanOrEqual(wanted.withinMs);
  } else expectAnswer(await ask(name), wanted);
  if ('log' in wanted && wanted.log !== undefined) await expectLog(name, wanted.log);
}

function expectAnswer(answer: Answer, wanted: Sample['expect']): void {
  if (wanted.outcome === 'blocked')
    expect(JSON.parse('text' in answer ? answer.text : '{}')).toMatchObject({ reached: false });
  else if (wanted.outcome === 'answered')
    expect(answer).toMatchObject({
      status: wanted.status,
      text: expect.stringContaining(wanted.text),
    });
  else if (wanted.outcome === 'failed') expect(answer).toMatchObject({ failure: wanted.failure });
  else throw new Error(`A request cannot end as ${wanted.outcome}.`);
}

function ask(name: string): Promise<Answer> {
  return page.evaluate(
    async (pod): Promise<Answer> => window.harness.cluster.fetch(pod, `http://${pod}/attack`),
    name,
  );
}

function attackUntilKilled(name: string, patienceMs: number): Promise<Ended> {
  return page.evaluate(
    async ([pod, patience]) => {
      const { cluster } = window.harness;
      const before = await cluster.now();
      void cluster.fetch(pod, `http://${pod}/attack`);
      const end = performance.now() + patience;
      while (performance.now() < end) {
        const exit = await cluster.exitOf(pod);
        if (exit) return { ...exit, afterMs: exit.at - before };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { reason: 'still running', exitCode: -1, message: '', afterMs: patience };
    },
    [name, patienceMs] as const,
  );
}

async function expectLog(name: string, text: string): Promise<void> {
  await expect
    .poll(async () => (await logsOf(name)).some((line) => line.includes(text)), { timeout: 3000 })
    .toBe(true);
}

function logsOf(name: string): Promise<string[]> {
  return page.evaluate((pod) => window.harness.cluster.logsOf(pod), name);
}

/** The compiled module, or null where the compiler was right to refuse it. */
async function compile({ source, expect: wanted }: Sample): Promise<string | null> {
  const image = await page.evaluate((text) => window.harness.compile(text), source);
  if (wanted.outcome === 'refused') {
    const messages = image.ok ? [] : image.problems.map(({ message }) => message);
    expect(messages.join(' ')).toContain(wanted.contains);
    return null;
  }
  if (!image.ok) throw new Error(JSON.stringify(image.problems));
  return image.code;
}

/** A host of its own whose runtime is the sample. */
async function takeOver({ source }: Sample, name: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts', format: 'esm' });
  await page.evaluate(([kind, text]) => window.harness.addHost(kind, text, {}), [
    name,
    code,
  ] as const);
  return '';
}
