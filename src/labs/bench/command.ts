import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { chromiumArgs, findChromium } from '#platform/chromium.ts';
import { measureAgreements } from './agreement-figures.ts';
import { measureGenerators } from './load-figures.ts';
import { measureModels, measureSpeeds } from './model-figures.ts';
import { measureSimulations } from './simulation-figures.ts';
import { openSite } from '../verify/site.ts';
import {
  measureDeploys,
  measureGrades,
  measureHops,
  measureStart,
  type Figure,
} from './figures.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    out: { type: 'string', default: 'docs/bench.md' },
    /** Measures every model in every variant too, and writes models/speed.json, which the models page prints. */
    speeds: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const site = await openSite();
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
try {
  const models = await measureModels(browser, site.url, runs);
  const figures = [
    ...(await measureStart(browser, site.url, runs)),
    ...(await measureDeploys(browser, site.url, runs)),
    ...(await measureHops(browser, site.url, Math.min(runs, 3))),
    ...(await measureGenerators(browser, site.url, Math.min(runs, 3))),
    ...(await measureAgreements(browser, site.url)),
    ...(await measureSimulations(browser, site.url, Math.min(runs, 3))),
    ...models.figures,
    ...(await measureGrades(site.url, runs)),
  ];
  const table = `${formatTable(figures, browser.version())}\n${models.roofline}\n`;
  await writeFile(values.out, table);
  console.log(table);
  if (values.speeds) await measureSpeeds(browser, site.url, describeMachine(browser.version()));
} finally {
  await browser.close();
  site.close();
}

function formatTable(figures: readonly Figure[], version: string): string {
  const rows = figures.map(({ name, unit, bar, values: seen }) => {
    const sorted = seen.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    const cells = [median, sorted[0], sorted.at(-1)].map((value) =>
      format(value ?? Number.NaN, unit),
    );
    const held = Number.isNaN(bar) ? ['', ''] : [`${format(bar, unit)}`, (median / bar).toFixed(2)];
    return `| ${[name, ...cells, ...held].join(' | ')} |`;
  });
  const machine = describeMachine(version);
  return [
    '# Figures of one run',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. The last column is the median over its bar: 1 or less holds it. Milliseconds are of that machine; ratios carry over.`,
    '',
    '| what | median | fastest | slowest | bar | median / bar |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function describeMachine(version: string): string {
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Chromium ${version}`;
}

function format(value: number, unit: Figure['unit']): string {
  if (unit === 'x') return value.toFixed(2);
  if (unit === 's') return `${value.toFixed(1)} s`;
  return value < 20 ? `${value.toFixed(2)} ms` : `${Math.round(value)} ms`;
}
