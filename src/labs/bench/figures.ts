import type { Browser, BrowserContext, Page } from '@playwright/test';
import { GradingBrowser } from '../verify/browser.ts';
import { readAnswers } from '../verify/answers.ts';

/** One line of the table: what was measured in every run, and the bar for its median. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'x';
  readonly bar: number;
  readonly values: readonly number[];
}

const LAB = 'l06-first-service';

/** Start lab to an editor with coloured text, first with an empty cache, then again. */
export async function measureStart(browser: Browser, url: string, runs: number): Promise<Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    cold.push(await startLab(context, url));
    warm.push(await startLab(context, url));
    await context.close();
  }
  return [
    { name: 'Start lab to coloured editor, cold', unit: 'ms', bar: 1500, values: cold },
    { name: 'Start lab to coloured editor, cached', unit: 'ms', bar: 1500, values: warm },
  ];
}

/** Deploy to the first prediction of two replicas: everything cold, then cached with the control plane up. */
export async function measureDeploys(
  browser: Browser,
  url: string,
  runs: number,
): Promise<Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext();
    const page = await openBench(context, url);
    const first = await page.evaluate(() => window.benchPage?.measureDeploy());
    const second = await page.evaluate(() => window.benchPage?.measureDeploy());
    if (!first || !second) throw new Error('The page has no bench.');
    cold.push(first.opened + first.predicted);
    warm.push(second.predicted);
    await context.close();
  }
  return [
    { name: 'Deploy to first prediction, 2 replicas, cold', unit: 'ms', bar: 3000, values: cold },
    {
      name: 'Deploy to first prediction, cached, control plane up',
      unit: 'ms',
      bar: 2000,
      values: warm,
    },
  ];
}

/** p50 through gateway and pod over p50 of the model alone in a worker, in turn in one run. */
export async function measureHops(browser: Browser, url: string, runs: number): Promise<Figure[]> {
  const raw: number[] = [];
  const through: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext();
    const page = await openBench(context, url);
    const hop = await page.evaluate(() => window.benchPage?.measureHop());
    if (!hop) throw new Error('The page has no bench.');
    raw.push(hop.raw);
    through.push(hop.through);
    await context.close();
  }
  const ratios = through.map((value, run) => value / (raw[run] ?? Number.NaN));
  return [
    { name: 'p50 of triage alone in a worker', unit: 'ms', bar: Number.NaN, values: raw },
    { name: 'p50 of triage through gateway and pod', unit: 'ms', bar: Number.NaN, values: through },
    { name: 'the second over the first', unit: 'x', bar: 1.5, values: ratios },
  ];
}

/** The whole grade of L06's solution. */
export async function measureGrades(url: string, runs: number): Promise<Figure[]> {
  const solution = (await readAnswers(LAB)).find(({ name }) => name === 'solution');
  if (!solution) throw new Error(`${LAB} has no solution.`);
  const browser = new GradingBrowser(url);
  const values: number[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      const from = performance.now();
      await browser.grade(solution, run, 60_000);
      values.push((performance.now() - from) / 1000);
    }
  } finally {
    await browser.close();
  }
  return [{ name: 'Whole grade of L06, solution', unit: 's', bar: 8, values }];
}

async function openBench(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/labs/bench/`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return page;
}

async function startLab(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(`${url}/labs/${LAB}/`);
  const start = page.getByRole('button', { name: 'Start the lab' });
  await start.waitFor();
  const from = performance.now();
  await start.click();
  await page.locator('.monaco-editor .view-line span[class*=mtk]').first().waitFor();
  const elapsed = performance.now() - from;
  await page.close();
  return elapsed;
}
