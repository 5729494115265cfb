import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';

interface Weight {
  readonly document: number;
  readonly script: number;
  readonly stylesheet: number;
  readonly font: number;
  readonly others: readonly string[];
}

const kB = 1024;

test('a lesson stays within its weight before a lab is opened', async ({ page }) => {
  const weight = await weigh(
    page,
    '/courses/production-is-different/replicas-readiness-and-a-service/',
  );
  expect(weight.script).toBeGreaterThan(0);
  // Of these, accounts (who is signed in, what another device did) and checks that count are 1 kB.
  expect(weight.script).toBeLessThanOrEqual(9 * kB);
  expect(weight.document + weight.script + weight.stylesheet).toBeLessThanOrEqual(40 * kB);
  expect(weight.font).toBeGreaterThan(0);
  expect(weight.font).toBeLessThanOrEqual(60 * kB);
  expect(weight.others).toEqual([]);
});

test('a model’s page stays within its weight before the model is tried', async ({ page }) => {
  const weight = await weigh(page, '/models/triage/');
  expect(weight.script).toBeLessThanOrEqual(8 * kB);
  expect(weight.document + weight.script + weight.stylesheet).toBeLessThanOrEqual(40 * kB);
  expect(weight.others).toEqual([]);
});

test('a lab page stays within its weight before the lab is started', async ({ page }) => {
  const weight = await weigh(page, '/labs/l06-first-service/');
  expect(weight.script).toBeLessThanOrEqual(60 * kB);
});

test('a lesson does not move while it loads', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/courses/production-is-different/notebook-to-production/');
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(500);
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.01);
});

/** Bytes by kind: gzip of what a browser loads when it opens the page and scrolls to its end. */
async function weigh(page: Page, path: string): Promise<Weight> {
  const weight = { document: 0, script: 0, stylesheet: 0, font: 0, others: [] as string[] };
  const pending: Promise<void>[] = [];
  page.on('response', (response) => {
    pending.push(
      response.body().then((body) => {
        const kind = response.request().resourceType();
        if (kind === 'font') weight.font += body.length;
        else if (kind === 'document' || kind === 'script' || kind === 'stylesheet')
          weight[kind] += gzipSync(body, { level: 9 }).length;
        // Who is signed in: asked by every page, answered in a few bytes.
        else if (response.url().endsWith('/api/session/')) weight.document += body.length;
        else if (kind !== 'image' && !response.url().endsWith('/favicon.svg'))
          weight.others.push(`${kind} ${response.url()}`);
      }),
    );
  });
  await page.goto(path);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForLoadState('networkidle');
  await Promise.all(pending);
  return weight;
}
