import type { Browser } from '@playwright/test';
import type { Figure } from './figures.ts';
import type { SimulationTimes } from './measure-simulation.ts';

/** How long virtual time takes: 1,000,000 requests a second, and 100,000 with a learner's policy, are a second each. */
export async function measureSimulations(
  browser: Browser,
  url: string,
  runs: number,
): Promise<Figure[]> {
  const times: SimulationTimes[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/labs/bench/`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    const measured = await page.evaluate(() => window.benchPage?.measureSimulation());
    if (!measured) throw new Error('The page has no bench.');
    times.push(measured);
    await context.close();
  }
  return [
    {
      name: 'Simulation of an M/M/4, 1,000,000 requests',
      unit: 'ms',
      bar: 1000,
      values: times.map(({ native }) => native),
    },
    {
      name: "Simulation with a learner's policy in the sandbox, 100,000 requests",
      unit: 'ms',
      bar: 1000,
      values: times.map(({ policy }) => policy),
    },
  ];
}
