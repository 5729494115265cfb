import { readFile } from 'node:fs/promises';
import { parseEnv } from '../env.ts';
import { buildSiteIfStale } from '../build/site.ts';
import { runQuickChecks } from './check.ts';
import { installChromium } from './install-chromium.ts';
import { runStep } from './step.ts';

installChromium();
const failed = await runQuickChecks();
await buildSiteIfStale(parseEnv(process.env).DAY2_DIST);
const steps: [string, string[], number][] = [
  ['browser tests', ['node_modules/@playwright/test/cli.js', 'test'], 16 * 60_000],
  // Installing an engine from the distribution takes minutes the first time.
  ['other engines', ['tests/engines/command.ts'], 15 * 60_000],
  ['labs', ['src/labs/verify/command.ts', '--seeds', '3'], 12 * 60_000],
];
for (const [name, args, limit] of steps) {
  if (!(await runStep(name, args, limit))) failed.push(name);
}
const unit = JSON.parse(await readFile('.cache/tests/unit.json', 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
};
const e2e = JSON.parse(await readFile('.cache/tests/e2e.json', 'utf8')) as {
  stats: { expected: number; unexpected: number };
};
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
console.log(
  `\n${unit.numPassedTests + e2e.stats.expected} passed, ${unit.numFailedTests + e2e.stats.unexpected} failed`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
