import type { Browser } from '@playwright/test';
import type { Figure } from './figures.ts';

/** Loads at which the same schedule is run for real and in virtual time. */
const LOADS = [0.5, 0.6, 0.7];

/** How far virtual time is from real time, as the larger over the smaller: 1.15 is 15 % apart. */
export async function measureAgreements(browser: Browser, url: string): Promise<Figure[]> {
  const p50: number[] = [];
  const p95: number[] = [];
  for (const [index, rho] of LOADS.entries()) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/labs/bench/`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    const seen = await page.evaluate(
      ({ load, seed }) => window.benchPage?.measureAgreement(load, seed),
      { load: rho, seed: index + 1 },
    );
    if (!seen) throw new Error('The page has no bench.');
    p50.push(apart(seen.p50));
    p95.push(apart(seen.p95));
    await context.close();
  }
  const what = 'Virtual against real, one replica at rho 0.5 to 0.7';
  return [
    { name: `${what}, p50`, unit: 'x', bar: 1.15, values: p50 },
    { name: `${what}, p95`, unit: 'x', bar: 1.25, values: p95 },
  ];
}

function apart(ratio: number): number {
  return Math.max(ratio, 1 / ratio);
}
