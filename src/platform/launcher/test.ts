import { existsSync, rmSync } from 'node:fs';
import { parseEnv } from '../env.ts';
import { buildSiteIfStale } from '../build/site.ts';
import { runQuickChecks } from './check.ts';
import { installChromium } from './install-chromium.ts';
import { runStep } from './step.ts';
import { readBrowserCounts, readUnitCounts } from './test-counts.ts';

// What an earlier run wrote must not be counted when this one is cut short.
rmSync('.cache/tests', { recursive: true, force: true });
installChromium();
const failed = await runQuickChecks();
await buildSiteIfStale(parseEnv(process.env).DAY2_DIST);
const browser = ['node_modules/@playwright/test/cli.js', 'test'];
const steps: [string, string[], number, Record<string, string>?][] = [
  ['browser tests of pages', browser, 41 * 60_000, { DAY2_TEST_PART: 'pages' }],
  ['browser tests of labs', browser, 41 * 60_000, { DAY2_TEST_PART: 'labs' }],
  // Where there is no PostgreSQL of the distribution it is installed first.
  ['two servers', ['tests/nodes/command.ts', '--short'], 8 * 60_000],
  // Installing an engine from the distribution takes minutes the first time.
  ['other engines', ['tests/engines/command.ts'], 15 * 60_000],
  // Every check of every lab is seen to fail once and to pass once; all answers with 20 seeds are for
  // whoever changes a lab, and unit tests beside the labs grade nearly all of them in Node.
  ['labs', ['src/labs/verify/command.ts', '--brief', '--seeds', '1'], 20 * 60_000],
];
for (const [name, ...step] of steps) {
  if (!(await runStep(name, ...step))) failed.push(name);
}
const counts = [
  await readUnitCounts('.cache/tests/unit.json'),
  await readBrowserCounts('.cache/tests/pages.json'),
  await readBrowserCounts('.cache/tests/labs.json'),
  // Not written where there is no PostgreSQL to run them on.
  ...(existsSync('.cache/tests/nodes.json')
    ? [await readBrowserCounts('.cache/tests/nodes.json')]
    : []),
];
const failures = counts.flatMap((count) => count.failed);
const unsteady = counts.flatMap((count) => count.unsteady);
// Once more at the end, where whoever reads a long log looks first.
for (const test of unsteady) console.error(`\nPassed only when tried again: ${test}`);
for (const failure of failures) console.error(`\n${failure}`);
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const again = unsteady.length > 0 ? `, ${unsteady.length} of them only when tried again` : '';
console.log(`\n${passed} passed${again}, ${failures.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
