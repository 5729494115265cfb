import { readFile } from 'node:fs/promises';
import { chromium, expect, test, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../src/platform/chromium.ts';
import type { Rate, Report } from '../../src/accelerator/report.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';

/* On a software adapter: what is measured, whether two timers agree, what is said. Never how fast. */

async function exportReport(page: Page): Promise<Report> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export JSON' }).click();
  const file = await (await downloading).path();
  return JSON.parse(await readFile(file, 'utf8')) as Report;
}

test('the bench measures the adapter by two timers that agree, and names it as software', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('/accelerator/');
  await page.getByRole('button', { name: 'Measure the accelerator' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Your roofline' })).toBeVisible({
    timeout: 150_000,
  });
  await expect(page.getByText('This is a software adapter')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Measured roofline: .* GB\/s/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /oncall-lm.*one token, 96/ })).toContainText(
    /memory|computing/,
  );
  await expectNoFault(page);
  await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printed', '')));
  await page.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('body[data-printed]')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Your roofline' })).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  const report = await exportReport(page);
  expect(report).toMatchObject({ schema: 1, backend: 'webgpu', timer: 'timestamp-query' });
  const { bandwidth, compute, product } = report;
  if (!product) throw new Error('An adapter multiplies matrices.');
  expect(product.error).toBeLessThan(1e-3);
  for (const rate of [bandwidth, compute, product]) expectTwoTimersToAgree(rate);
});

function expectTwoTimersToAgree({ samples, median, second, method }: Rate): void {
  expect(samples).toHaveLength(12);
  expect(median).toBeGreaterThan(0);
  if (!second) throw new Error(`There is no second timer: ${method}`);
  expect(Math.abs(second.ratio - 1), method).toBeLessThan(0.1);
}

test('cancelling stops at once and leaves the page as it was', async ({ page }) => {
  await page.goto('/accelerator/');
  await page.getByRole('button', { name: 'Measure the accelerator' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('status')).toHaveText('Cancelled.');
  await expect(page.getByRole('button', { name: 'Measure the accelerator' })).toBeEnabled();
  await expect(page.getByRole('heading', { name: 'Your roofline' })).toHaveCount(0);
});

test('a device that is lost on the way is told, and the next measurement is whole', async ({
  baseURL,
}) => {
  test.setTimeout(180_000);
  // A browser of its own: one whose GPU process crashed too often gives no adapter to the tests that follow.
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArgs],
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    await page.goto('/accelerator/');
    const measure = page.getByRole('button', { name: 'Measure the accelerator' });
    await measure.click();
    await expect(page.getByRole('status')).toHaveText(/^(Copying|Multiplying)/);
    await (await browser.newBrowserCDPSession()).send('Browser.crashGpuProcess');
    await expect(page.getByRole('alert')).toContainText(
      'The device was lost while it was measured',
    );
    await expect(page.getByRole('heading', { name: 'Your roofline' })).toHaveCount(0);
    await measure.click();
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Your roofline' })).toBeVisible({
      timeout: 150_000,
    });
  } finally {
    await browser.close();
  }
});

test('without an adapter the page says so and measures the processor', async ({ baseURL }) => {
  test.setTimeout(120_000);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: chromiumArgs.filter((argument) => argument !== '--enable-unsafe-webgpu'),
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    await page.goto('/accelerator/');
    await page.getByRole('button', { name: 'Measure the accelerator' }).click();
    await expect(page.getByRole('alert')).toContainText('gives no WebGPU adapter');
    await page.getByRole('button', { name: 'Measure the processor instead' }).click();
    await expect(page.getByText('One core of the processor, measured in JavaScript')).toBeVisible({
      timeout: 90_000,
    });
    const { backend, adapter } = await exportReport(page);
    expect({ backend, adapter }).toEqual({ backend: 'cpu', adapter: null });
  } finally {
    await browser.close();
  }
});
