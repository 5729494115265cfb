import { spawnSync } from 'node:child_process';
import { findChromium, selectOptionalChromium } from '../chromium.ts';

/** Gets a Chromium for the browser tests: Playwright's own where it can be downloaded, else the distribution's. */
export function installChromium(): void {
  if (selectOptionalChromium()) return;
  console.log('No Chromium here: trying Playwright, then the distribution ...');
  run(
    process.execPath,
    ['node_modules/playwright/cli.js', 'install', 'chromium-headless-shell'],
    180_000,
  );
  if (selectOptionalChromium()) return;
  if (process.getuid?.() === 0) {
    run('apt-get', ['update', '-q'], 120_000);
    run('apt-get', ['install', '-y', '-q', 'chromium'], 600_000);
  }
  findChromium();
}

function run(command: string, args: readonly string[], timeout: number): void {
  spawnSync(command, args, {
    stdio: 'inherit',
    timeout,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
