import { spawnSync } from 'node:child_process';
import { findChromium, selectOptionalChromium } from '../chromium.ts';
import { installPackages } from './install-packages.ts';

/** Gets a Chromium for the browser tests: Playwright's own where it can be downloaded, else the distribution's. */
export function installChromium(): void {
  if (selectOptionalChromium()) return;
  console.log('No Chromium here: trying Playwright, then the distribution ...');
  const download = ['node_modules/playwright/cli.js', 'install', 'chromium-headless-shell'];
  spawnSync(process.execPath, download, { stdio: 'inherit', timeout: 180_000 });
  if (selectOptionalChromium()) return;
  installPackages(['chromium']);
  findChromium();
}
