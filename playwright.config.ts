import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './src/platform/chromium.ts';
import { listPageSpecs } from './tests/support/account-specs.ts';

const port = Number(process.env['DAY2_TEST_PORT'] ?? 4399);
/** Sites with accounts are two servers behind a proxy then; see tests/nodes/command.ts. */
const isOfNodes = process.env['DAY2_TEST_NODES'] === '2';
/** `pages`: two files at once, of tests that measure nothing; `labs`: the others, one by one. All by default. */
const part = process.env['DAY2_TEST_PART'];
const pages = listPageSpecs();
const apart = ['nodes.spec.ts', 'worker.spec.ts'];

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: part === 'pages' ? pages : '*.spec.ts',
  testIgnore: isOfNodes ? [] : part === 'labs' ? [...apart, ...pages] : apart,
  outputDir: 'test-results',
  workers: part === 'pages' ? 2 : 1,
  timeout: 90_000,
  // Tried once more, and then named at the end of `npm test` as one that did not pass at once: on a machine
  // that does something else too, one race in 250 tests is no reason to refuse a change, but one to look for it.
  retries: 1,
  // A model opens, or a pod starts, on two cores that may have other work.
  expect: { timeout: 15_000 },
  globalTimeout: 40 * 60_000,
  reporter: [
    ['list'],
    ['json', { outputFile: `.cache/tests/${isOfNodes ? 'nodes' : (part ?? 'e2e')}.json` }],
  ],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: findChromium(), args: [...chromiumArgs] },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `"${process.execPath}" src/platform/server/start.ts`,
    env: { PORT: String(port), DAY2_DATABASE: 'off', DAY2_LOG: 'warn' },
    url: `http://localhost:${port}/healthz`,
    timeout: 180_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 3000 },
  },
});
