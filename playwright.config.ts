import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './src/platform/chromium.ts';

const port = Number(process.env['DAY2_TEST_PORT'] ?? 4399);
/** Sites with accounts are two servers behind a proxy then; see tests/nodes/command.ts. */
const isOfNodes = process.env['DAY2_TEST_NODES'] === '2';

export default defineConfig({
  testDir: 'tests/e2e',
  testIgnore: isOfNodes ? [] : ['nodes.spec.ts'],
  outputDir: 'test-results',
  workers: 1,
  timeout: 90_000,
  globalTimeout: 30 * 60_000,
  reporter: [
    ['list'],
    ['json', { outputFile: `.cache/tests/${isOfNodes ? 'nodes' : 'e2e'}.json` }],
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
