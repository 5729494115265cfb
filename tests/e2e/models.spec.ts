import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { LabCluster } from '../../src/cluster/lab-cluster.ts';
import type { Manifest } from '../../src/models/manifest.ts';
import { describePod, readManifests } from '../support/model-pods.ts';

declare global {
  interface Window {
    cluster?: LabCluster;
  }
}

/** Opens a cluster in the page with one pod for each model, and waits until all are ready. */
async function deploy(page: Page, pods: readonly { name: string; task: string }[]): Promise<void> {
  await page.goto('/labs/bench/models/');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  const server = await readFile('tests/fixtures/model-pods/server.ts', 'utf8');
  const files = Object.fromEntries(
    pods.map(({ name, task }) => [`${name}.yaml`, describePod(name, task)]),
  );
  await page.evaluate(
    async ({ all, models }) => {
      window.cluster = await window.modelBench!.openPods(all, {
        images: { server: 'server.ts' },
        models,
      });
    },
    { all: { ...files, 'server.ts': server }, models: pods.map(({ name }) => name) },
  );
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request through the gateway; a Service without a ready pod is asked again. */
async function ask(
  page: Page,
  url: string,
  body: object | string | number[] | null,
): Promise<Answer> {
  return page.evaluate(
    async ({ to, what }) => {
      const bytes = Array.isArray(what) ? Uint8Array.from(what as number[]) : null;
      const text = typeof what === 'string' ? what : JSON.stringify(what);
      const init = what === null ? {} : { method: 'POST', body: bytes ?? text };
      for (;;) {
        const response = await window.cluster!.fetch(new Request(to, init));
        const answer = { status: response.status, text: await response.text() };
        if (answer.status !== 503 || !/endpoints/.test(answer.text)) return answer;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    { to: url, what: body },
  );
}

const RUNBOOK = { prompt: '# Runbook: storage alert on checkout', maxTokens: 40, seed: 3 };

/** What each task is asked, and what makes its answer one. */
async function expectAnswer(page: Page, manifest: Manifest): Promise<void> {
  const { name, task } = manifest;
  if (task === 'generate') return expectTokens(page, name);
  const body =
    task === 'anomaly'
      ? { window: Array.from({ length: manifest.samples }, () => manifest.features.map(() => 1)) }
      : { text: 'write /var/lib/orders/segment.log: no space left on device' };
  const { status, text } = await ask(page, `http://${name}/ask`, body);
  expect(status, text).toBe(200);
  const answer = JSON.parse(text) as Record<string, unknown>;
  if (task === 'classify') {
    expect(manifest.labels).toContain(answer['label']);
    expect(Object.keys(answer['scores'] as object)).toEqual(manifest.labels);
  } else if (task === 'embed') {
    const vector = answer['vector'] as number[];
    expect(vector).toHaveLength(manifest.dimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
  } else {
    expect(answer['error']).toBeGreaterThanOrEqual(0);
    expect(answer['reconstruction']).toHaveLength(manifest.samples);
  }
}

async function expectTokens(page: Page, name: string): Promise<void> {
  const chunks = await page.evaluate(
    async ({ url, body }) => {
      const init = { method: 'POST', body: JSON.stringify(body) };
      let response = await window.cluster!.fetch(new Request(url, init));
      while (response.status === 503) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        response = await window.cluster!.fetch(new Request(url, init));
      }
      const found: string[] = [];
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read())
        found.push(part.value);
      return { found, type: response.headers.get('content-type') };
    },
    { url: `http://${name}/generate`, body: RUNBOOK },
  );
  expect(chunks.type).toContain('text/event-stream');
  // It streams: tokens come in many pieces, not in one at the end.
  expect(chunks.found.length).toBeGreaterThan(5);
  const events = chunks.found.join('').split('\n\n').filter(Boolean);
  expect(events.at(-1)).toBe('data: [DONE]');
  const tokens = events
    .slice(0, -1)
    .map((event) => JSON.parse(event.replace(/^data: /, '')) as { text: string; finish: unknown });
  expect(tokens.map(({ text }) => text).join('')).toMatch(/^\nOwner: [a-z-]+\. Severity: SEV[123]/);
  expect(tokens.at(-1)?.finish).toBe('length');
}

test('a pod serves each committed model through the gateway', async ({ page }) => {
  const manifests = await readManifests();
  expect(manifests.length).toBeGreaterThan(1);
  await deploy(
    page,
    manifests.map(({ name, task }) => ({ name, task })),
  );
  for (const manifest of manifests)
    await test.step(manifest.name, () => expectAnswer(page, manifest));
});

test('a client that leaves ends its generation, and the metrics say so under the names of vLLM', async ({
  page,
}) => {
  await deploy(page, [{ name: 'oncall-lm', task: 'generate' }]);
  expect((await ask(page, 'http://oncall-lm/readyz', null)).status).toBe(200);
  await page.evaluate(async () => {
    // Wild text hardly ever ends by itself, and eight at once are slow enough to be left in the middle.
    const body = { prompt: '# Runbook:', maxTokens: 240, temperature: 2, topK: 1000 };
    const leave = async (seed: number): Promise<void> => {
      const init = { method: 'POST', body: JSON.stringify({ ...body, seed }) };
      const { body: stream } = await window.cluster!.fetch(
        new Request('http://oncall-lm/generate', init),
      );
      const reader = stream!.getReader();
      await reader.read();
      await reader.cancel();
    };
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(leave));
  });
  const read = async () => (await ask(page, 'http://oncall-lm/metrics', null)).text;
  await expect.poll(read).toContain('vllm:num_requests_running{model_name="oncall-lm"} 0');
  const metrics = await read();
  expect(metrics).toContain('vllm:kv_cache_usage_perc{model_name="oncall-lm"} 0\n');
  const aborted = /finished_reason="abort",model_name="oncall-lm"\} (\d+)/.exec(metrics)?.[1];
  expect(Number(aborted)).toBeGreaterThan(0);
  for (const name of [
    'num_requests_waiting',
    'prompt_tokens_total',
    'generation_tokens_total',
    'time_to_first_token_seconds_bucket',
    'time_per_output_token_seconds_bucket',
    'request_success_total',
  ]) {
    expect(metrics).toContain(`\nvllm:${name}{`);
  }
});

test('bad input gets the right status through the gateway and a line in the pod’s log', async ({
  page,
}) => {
  await deploy(page, [
    { name: 'triage', task: 'classify' },
    { name: 'oncall-lm', task: 'generate' },
  ]);
  expect((await ask(page, 'http://triage/readyz', null)).status).toBe(200);
  const badUtf8 = [...new TextEncoder().encode('{"text":"'), 0xff, 0xfe, 0x22, 0x7d];
  const cases: [string, object | string | number[], number, string][] = [
    ['http://triage/ask', { text: ' ' }, 400, 'InputEmpty'],
    ['http://triage/ask', { text: 7 }, 400, 'InputInvalid'],
    ['http://triage/ask', '{"text":', 400, 'InputInvalid'],
    ['http://triage/ask', badUtf8, 400, 'InputInvalid'],
    ['http://triage/ask', { texts: Array(2000).fill('disk full') }, 413, 'BatchTooLarge'],
    ['http://triage/ask', 'x'.repeat(100_000), 413, 'InputTooLong'],
    ['http://oncall-lm/generate', { prompt: '' }, 400, 'InputEmpty'],
    ['http://oncall-lm/generate', { prompt: 'disk full '.repeat(400) }, 413, 'InputTooLong'],
    ['http://oncall-lm/generate', { prompt: 'a', maxTokens: 0 }, 400, 'InputInvalid'],
  ];
  for (const [url, body, status, code] of cases) {
    const answer = await ask(page, url, body);
    expect([answer.status, JSON.parse(answer.text).error.code], answer.text).toEqual([
      status,
      code,
    ]);
  }
  const logs = await page.evaluate(
    async () => (await window.cluster!.kubectl(['logs', 'deployment/triage'], {})).stdout,
  );
  expect(logs).toContain('400 InputEmpty: The text is empty or only blanks.');
  expect(logs).toContain('413 BatchTooLarge: 2000 texts are more than the 1024');
});

test('a pod whose model is not the lab’s never becomes ready, and its log says why', async ({
  page,
}) => {
  await deploy(page, [{ name: 'triage', task: 'generate' }]);
  const logs = () =>
    page.evaluate(
      async () => (await window.cluster!.kubectl(['logs', 'deployment/triage'], {})).stdout,
    );
  await expect
    .poll(logs)
    .toContain('400 WrongTask: The model "triage" is made to classify, not to generate.');
  const view = await page.evaluate(
    async () => (await window.cluster!.kubectl(['get', 'pods'], {})).stdout,
  );
  expect(view).toContain('0/1');
});
