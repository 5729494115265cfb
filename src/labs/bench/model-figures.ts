import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { parseManifest } from '#models/manifest.ts';
import type { Figure } from './figures.ts';

/** What the batcher can gain at most, as a sentence with the figures behind it. */
export interface ModelFigures {
  readonly figures: readonly Figure[];
  readonly roofline: string;
}

const ROUNDS = 25;

/** First and next load of triage, `generate` against a bare loop, the batcher at eight over one, and what bounds it. */
export async function measureModels(
  browser: Browser,
  url: string,
  runs: number,
): Promise<ModelFigures> {
  const loads: { first: number; next: number }[] = [];
  for (let run = 0; run < runs; run++) {
    loads.push(
      await inPage(browser, url, (page) =>
        page.evaluate(async () => {
          const opened = window.modelBench!.openModelBench();
          const first = await opened.bench.load();
          const next = await opened.bench.load();
          opened.close();
          return { first, next };
        }),
      ),
    );
  }
  const { generate, bare, one, eight, roofline } = await inPage(browser, url, (page) =>
    page.evaluate(async (rounds) => {
      const { bench } = window.modelBench!.openModelBench();
      const alone = await bench.generateAndBare(rounds);
      const batched = await bench.batches(rounds);
      return { ...alone, ...batched, roofline: await bench.roofline() };
    }, ROUNDS),
  );
  const ratio = (upper: readonly number[], lower: readonly number[]): number[] =>
    upper.map((value, round) => value / (lower[round] ?? Number.NaN));
  const [matmulOne, matmulEight] = roofline.matmulMs;
  const [copyOne, copyEight] = roofline.copyMs;
  const bound = (8 * (matmulOne + copyOne)) / (matmulEight + copyEight);
  return {
    figures: [
      figure(
        'First load of triage in a fresh worker',
        'ms',
        400,
        loads.map(({ first }) => first),
      ),
      figure(
        'Next load of triage in that worker',
        'ms',
        150,
        loads.map(({ next }) => next),
      ),
      figure('ms a token of generate, one request', 'ms', Number.NaN, perToken(generate)),
      figure(
        'ms a token of the shortest loop over the same graph',
        'ms',
        Number.NaN,
        perToken(bare),
      ),
      // Over 1 / 0.95: the bar says that generate has 0.95 of the loop's tokens a second.
      figure('the first over the second', 'x', 1 / 0.95, ratio(bare, generate)),
      figure('ms a token of generate, eight requests together', 'ms', Number.NaN, perToken(eight)),
      figure('eight together over one, tokens a second', 'x', Number.NaN, ratio(eight, one)),
      figure('what products and copies alone would allow', 'x', Number.NaN, [bound]),
    ],
    roofline: describeRoofline(roofline, bound),
  };
}

interface Rooflines {
  readonly matmulMs: readonly [number, number];
  readonly copyMs: readonly [number, number];
  readonly columns: number;
  readonly flops: number;
  readonly weightBytes: number;
}

function describeRoofline(
  { matmulMs: [one, eight], copyMs, columns, flops, weightBytes }: Rooflines,
  bound: number,
): string {
  const rate = (batch: number, ms: number): string => ((batch * flops) / ms / 1e6).toFixed(1);
  return (
    `One decoding step of oncall-lm reads ${(weightBytes / 1e6).toFixed(1)} MB of weights and does ${(flops / 1e6).toFixed(1)} million operations a token in matrix products. ` +
    `Products of these shapes alone, on one thread of the wasm engine: ${one.toFixed(3)} ms for one row (${rate(1, one)} GFLOP/s, ${(weightBytes / one / 1e6).toFixed(1)} GB/s of weights), ${eight.toFixed(3)} ms for eight (${rate(8, eight)} GFLOP/s). ` +
    `Handing over the keys and values of ${columns} tokens a row: ${copyMs[0].toFixed(3)} ms and ${copyMs[1].toFixed(3)} ms. ` +
    `So eight rows can have at most ${bound.toFixed(2)} times the tokens of one.`
  );
}

/** Measures every committed model in every variant and writes `models/speed.json`, which the models page prints. */
export async function measureSpeeds(browser: Browser, url: string, machine: string): Promise<void> {
  const speeds: object[] = [];
  const names = (await readdir('models', { withFileTypes: true })).filter((one) =>
    one.isDirectory(),
  );
  for (const { name } of names) {
    const manifest = parseManifest(await readFile(`models/${name}/manifest.json`, 'utf8'));
    const unit = manifest.task === 'generate' ? 'tokens/s' : 'ms';
    for (const variant of ['full', ...manifest.variants.map((one) => one.name)]) {
      const wasm = await inPage(browser, url, (page) =>
        page.evaluate(
          ({ model, task, file }) =>
            window.modelBench!.openModelBench().bench.speed(model, task, file),
          { model: name, task: manifest.task, file: variant },
        ),
      );
      speeds.push({ model: name, variant, unit, wasm: Number(wasm.toPrecision(3)) });
      console.log(`${name} ${variant}: ${wasm.toPrecision(3)} ${unit}`);
    }
  }
  const notMeasured = 'WebGPU was not measured: this machine has no GPU, only a software adapter.';
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(
    'models/speed.json',
    `${JSON.stringify({ machine, date, notMeasured, speeds }, null, 2)}\n`,
  );
}

function figure(
  name: string,
  unit: Figure['unit'],
  bar: number,
  values: readonly number[],
): Figure {
  return { name, unit, bar, values };
}

function perToken(rates: readonly number[]): number[] {
  return rates.map((rate) => 1000 / rate);
}

async function inPage<T>(
  browser: Browser,
  url: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}/labs/bench/models/`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    return await work(page);
  } finally {
    await context.close();
  }
}
