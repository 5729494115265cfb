import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serveCanary, serveHarness } from '../hostile/harness/serve.ts';
import { judge, LAG_MS, prepareTrial } from '../hostile/judge.ts';
import { readSamples } from '../hostile/sample.ts';
// For the type of `window.harness`.
import type {} from '../hostile/harness/page.ts';

const samples = readSamples();

let out = '';
let site: Awaited<ReturnType<typeof serveHarness>>;
let canary: Awaited<ReturnType<typeof serveCanary>>;
let page: Page;
const env: Record<string, string> = {};
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
      let excess = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < 3 && excess > 0; attempt += 1) {
        const trial = await prepareTrial(sample, as, env);
        const finding = await page.evaluate((one) => window.harness.try(one), trial);
        expect(judge(sample.expect, finding)).toEqual([]);
        excess = finding.lagMs <= LAG_MS ? 0 : finding.lagMs - (await tolerableLag());
      }
      expect(excess).toBeLessThanOrEqual(0);
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

/** The bar, or the lag without any hostile code where this machine is so busy with other things that it is over the bar. */
async function tolerableLag(): Promise<number> {
  const idle = await page.evaluate(async () => {
    window.harness.takeLag();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return window.harness.takeLag();
  });
  return Math.max(LAG_MS, idle);
}
