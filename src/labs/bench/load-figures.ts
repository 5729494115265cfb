import type { Browser } from '@playwright/test';
import type { Figure } from './figures.ts';
import type { GeneratorFigures } from './measure-load.ts';

const SUSTAINED = 2000;
const STEADY = 500;
const SECONDS = 8;

/** The generator against one pod that answers at once: what it keeps up, and how late it sends. */
export async function measureGenerators(
  browser: Browser,
  url: string,
  runs: number,
): Promise<Figure[]> {
  const steady: GeneratorFigures[] = [];
  const sustained: GeneratorFigures[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/labs/bench/`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    const measured = await page.evaluate(
      ({ rates, seconds }) => window.benchPage?.measureGenerator(rates, seconds),
      { rates: [STEADY, SUSTAINED], seconds: SECONDS },
    );
    const [first, second] = measured ?? [];
    if (!first || !second) throw new Error('The page has no bench.');
    steady.push(first);
    sustained.push(second);
    await context.close();
  }
  return [
    {
      name: `p99 send lag of the generator at ${STEADY}/s`,
      unit: 'ms',
      bar: 1,
      values: steady.map(({ lagP99 }) => lagP99),
    },
    {
      name: `Offered over answered, ${SUSTAINED}/s for ${SECONDS} s to a trivial pod`,
      unit: 'x',
      bar: 1.02,
      values: sustained.map(({ offered, achieved }) => offered / achieved),
    },
    {
      name: `p99 latency of that`,
      unit: 'ms',
      bar: Number.NaN,
      values: sustained.map(({ latencyP99 }) => latencyP99),
    },
  ];
}
