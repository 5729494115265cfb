import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { DeployTimes } from './measure.ts';
import { GradingBrowser } from '../grading-browser.ts';
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

/** A learner reads at least the first line of the brief before Deploy; the cluster opens meanwhile. */
const READING_MS = 3000;

/** Deploy to the first prediction of two replicas: on a first visit, at once and after a moment, and later. */
export async function measureDeploys(
  browser: Browser,
  url: string,
  runs: number,
): Promise<Figure[]> {
  const opening: number[] = [];
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const [read] = await deployInTurn(browser, url, [READING_MS]);
    const [atOnce, later] = await deployInTurn(browser, url, [0, 0]);
    if (!read || !atOnce || !later) throw new Error('The page has no bench.');
    cold.push(read.predicted);
    opening.push(atOnce.opened + atOnce.predicted);
    warm.push(later.predicted);
  }
  const what = 'Deploy to first prediction, 2 replicas';
  return [
    { name: `${what}, first visit, lab open for 3 s`, unit: 'ms', bar: 3000, values: cold },
    { name: `${what}, first visit, opening included`, unit: 'ms', bar: 3000, values: opening },
    { name: `${what}, cached, control plane up`, unit: 'ms', bar: 2000, values: warm },
  ];
}

/** Deploys with these pauses one after the other, in a browser that has nothing of the site. */
async function deployInTurn(
  browser: Browser,
  url: string,
  pauses: readonly number[],
): Promise<(DeployTimes | undefined)[]> {
  const context = await browser.newContext();
  const page = await openBench(context, url);
  const times: (DeployTimes | undefined)[] = [];
  for (const readingMs of pauses)
    times.push(await page.evaluate((ms) => window.benchPage?.measureDeploy(ms), readingMs));
  await context.close();
  return times;
}

/** p50 through gateway and pod over p50 of the same model in a plain worker, in turn in one run. */
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
    { name: 'p50 of triage in a plain worker', unit: 'ms', bar: Number.NaN, values: raw },
    {
      name: 'p50 of triage through the gateway and one pod',
      unit: 'ms',
      bar: Number.NaN,
      values: through,
    },
    { name: 'the second over the first', unit: 'x', bar: 1.5, values: ratios },
  ];
}

/** The whole grade of L06's solution, from Check to verdict. */
export async function measureGrades(url: string, runs: number): Promise<Figure[]> {
  const solution = (await readAnswers(LAB)).find(({ name }) => name === 'solution');
  if (!solution) throw new Error(`${LAB} has no solution.`);
  const browser = new GradingBrowser(url);
  const values: number[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      const { startedAt, finishedAt } = await browser.grade(solution, run, 60_000);
      values.push((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
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
