import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../src/platform/chromium.ts';

/** The hostile samples alone, without building the site: `npx playwright test -c tests/hostile`. */
export default defineConfig({
  testDir: '../e2e',
  testMatch: 'hostile.spec.ts',
  outputDir: '../../test-results/hostile',
  workers: 1,
  timeout: 30_000,
  reporter: 'list',
  use: { launchOptions: { executablePath: findChromium(), args: [...chromiumArgs] } },
});
