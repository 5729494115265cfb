import { readFile } from 'node:fs/promises';
import { chromium, expect, test, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../src/platform/chromium.ts';
import { describeAcceleratedPod } from '../support/accelerated-pod.ts';
import { readManifests } from '../support/model-pods.ts';

/* The software adapter of Chromium: these tests ask what is right and what becomes of faults, never how fast. */

async function openBench(page: Page): Promise<void> {
  await page.goto('/labs/bench/models/');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
}

/** A cluster in the page with these pods of the fixture's server; those named in `plain` ask for no device. */
async function openPods(page: Page, names: readonly string[], plain: readonly string[] = []) {
  await openBench(page);
  const server = await readFile('tests/fixtures/accelerated-pods/server.ts', 'utf8');
  const files = Object.fromEntries([
    ...names.map((name) => [`${name}.yaml`, describeAcceleratedPod(name)]),
    ...plain.map((name) => [`${name}.yaml`, describeAcceleratedPod(name, false)]),
    ['server.ts', server],
  ]) as Record<string, string>;
  await page.evaluate(async (all) => {
    window.cluster = await window.modelBench!.openPods(all, {
      images: { server: 'server.ts' },
      models: ['oncall-lm'],
    });
  }, files);
}

const kubectl = (page: Page, line: string): Promise<string> =>
  page.evaluate(async (words) => {
    const { stdout, stderr } = await window.cluster!.kubectl(words, {});
    return stdout + stderr;
  }, line.split(' '));

const untilReady = (page: Page, name: string): Promise<void> =>
  expect
    .poll(() => kubectl(page, `get pods -l app=${name}`), { timeout: 80_000 })
    .toMatch(/ 1\/1 +Running/);

/** What a pod's server says of its model's device. */
const deviceOf = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(
    async (url) => (await window.cluster!.fetch(new Request(url))).json() as Promise<unknown>,
    `http://${name}/readyz`,
  );

test('every model gives the same on the accelerator as in wasm', async ({ page }) => {
  test.setTimeout(300_000);
  await openBench(page);
  const models = (await readManifests()).flatMap(({ name, task, variants }) => [
    { name, task, variant: null },
    ...variants.map((variant) => ({ name, task, variant: variant.name })),
  ]);
  const found = await page.evaluate(async (all) => {
    const opened = window.modelBench!.openDeviceBench();
    const lines: ({ model: string } & Awaited<ReturnType<typeof opened.bench.compare>>)[] = [];
    for (const { name, task, variant } of all) {
      const agreement = await opened.bench.compare(name, task, variant);
      lines.push({ model: `${name} ${variant ?? 'full'}`, ...agreement });
    }
    opened.close();
    return lines;
  }, models);
  for (const { model, difference, refusal } of found)
    console.log(model, refusal ?? difference.toExponential(1));
  // This adapter has no shader-f16; everything else it must run.
  const refused = found.filter(({ refusal }) => refusal !== null).map(({ model }) => model);
  expect(refused.filter((model) => !model.endsWith(' fp16'))).toEqual([]);
  const compared = found.filter(({ refusal }) => refusal === null);
  expect(compared.length).toBeGreaterThan(8);
  expect(compared.filter(({ numbers }) => !(numbers > 0))).toEqual([]);
  // Where activations are rounded to 8 bits in the run, a difference in the seventh digit can become a whole step.
  const bound = (model: string): number => (model.endsWith(' int8-dynamic') ? 5e-2 : 1e-4);
  expect(compared.filter(({ model, difference }) => !(difference <= bound(model)))).toEqual([]);
});

test('a thousand overlapping runs of four callers end in order, each with its own answer', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openBench(page);
  const { order, mixedUp } = await page.evaluate(async () => {
    const opened = window.modelBench!.openDeviceBench();
    const result = await opened.bench.overlap(4, 250);
    opened.close();
    return result;
  });
  expect(order).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  expect(mixedUp).toBe(0);
});

test('one pod gets the device, the second waits, a pod without the limit sees no device', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openPods(page, ['first'], ['plain']);
  await untilReady(page, 'first');
  await untilReady(page, 'plain');
  expect(await deviceOf(page, 'first')).toEqual({ device: 'webgpu', seesWebGpu: true });
  expect(await deviceOf(page, 'plain')).toEqual({ device: 'wasm', seesWebGpu: false });
  expect(await kubectl(page, 'describe node node-1')).toMatch(
    /Allocatable:\s+gpu\.example\/webgpu: +1\s/,
  );
  await kubectl(page, 'scale deployment first --replicas=2');
  await expect
    .poll(() => kubectl(page, 'get events'), { timeout: 10_000 })
    .toContain('0/2 nodes are available: 2 Insufficient gpu.example/webgpu.');
  expect(await kubectl(page, 'get pods -l app=first')).toMatch(/ 0\/1 +Pending/);
  expect(await kubectl(page, 'describe pod -l app=first')).toMatch(
    /AcceleratorReady .*software adapter/,
  );
  const holder = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        window.cluster!.watch(({ pods }) => {
          const one = pods.find(({ accelerator }) => accelerator?.device === 'webgpu');
          if (one) resolve(one.name);
        });
      }),
  );
  await kubectl(page, 'scale deployment first --replicas=3');
  await kubectl(page, `delete pod ${holder}`);
  // One of those that waited has it now; the others go on waiting.
  await untilReady(page, 'first');
  expect(await kubectl(page, 'get pods -l app=first')).toMatch(/ Pending/);
});

interface Stream {
  readonly tokens: number;
  readonly end: string;
  readonly endedMs: number;
  readonly nextMs: number;
}

/** Loses the device in the middle of a stream: how the stream ends, and when the next request is served, from the loss. */
const loseInMidStream = (page: Page, lose: () => Promise<void>): Promise<Stream> =>
  page.exposeFunction('loseDevice', lose).then(() =>
    page.evaluate(async () => {
      const ask = (maxTokens: number): Promise<Response> => {
        const body = JSON.stringify({ prompt: '# Runbook: storage alert', maxTokens, seed: 3 });
        return window.cluster!.fetch(new Request('http://lm/generate', { method: 'POST', body }));
      };
      const driver = window as unknown as { loseDevice(): Promise<void> };
      const reader = (await ask(150)).body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      let lostAt = Number.NaN;
      let end = '';
      try {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          text += part.value;
          if (Number.isNaN(lostAt) && text.split('\n\n').length > 4) {
            lostAt = performance.now();
            void driver.loseDevice();
          }
        }
        end = text.slice(text.lastIndexOf('event: error')).trim();
      } catch (error) {
        end = String(error);
      }
      const endedMs = performance.now() - lostAt;
      for (;;) {
        const answer = await ask(3).catch(() => null);
        const said = answer?.ok ? await answer.text().catch(() => '') : '';
        if (said.includes('[DONE]')) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const nextMs = performance.now() - lostAt;
      return { tokens: text.split('"id"').length - 1, end, endedMs, nextMs };
    }),
  );

test('a device lost in mid-generation: the stream says why, the container restarts and serves', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openPods(page, ['lm']);
  await untilReady(page, 'lm');
  const result = await loseInMidStream(page, async () => {
    await page.evaluate(() =>
      window.cluster!.fetch(new Request('http://lm/lose', { method: 'POST' })).then(() => {}),
    );
  });
  console.log(result);
  expect(result.tokens).toBeGreaterThan(2);
  expect(result.tokens).toBeLessThan(150);
  expect(result.end).toContain('DeviceLost');
  // A bar of the product, not of the machine: a container that is not back by then has not recovered.
  expect(result.endedMs).toBeLessThan(5000);
  const pod = await kubectl(page, 'describe pod -l app=lm');
  expect(pod).toMatch(/Last State: +Terminated\s+Reason: +DeviceLost\s+Message: +The accelerator/);
  expect(pod).toMatch(/Restart Count: +1/);
  expect(await deviceOf(page, 'lm')).toMatchObject({ device: 'webgpu' });
});

test('without an adapter the pod says so and serves from wasm', async ({ baseURL }) => {
  test.setTimeout(180_000);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: chromiumArgs.filter((argument) => argument !== '--enable-unsafe-webgpu'),
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    await openPods(page, ['lm']);
    await untilReady(page, 'lm');
    expect(await deviceOf(page, 'lm')).toMatchObject({ device: 'wasm' });
    expect(await kubectl(page, 'logs deploy/lm')).toMatch(
      /accelerator: this browser has WebGPU and gives no adapter: models run in WebAssembly/,
    );
    expect(await kubectl(page, 'describe pod -l app=lm')).toMatch(/Warning +AcceleratorFallback/);
  } finally {
    await browser.close();
  }
});
