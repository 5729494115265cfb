import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** WebGPU on the software adapter; no sandbox when root; no background traffic to anybody. */
export const chromiumArgs: readonly string[] = [
  '--enable-unsafe-webgpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const systemPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium to run: that of CHROMIUM_PATH where it is set, else Playwright's own or the distribution's. */
export function findChromium(): string {
  const found = selectOptionalChromium();
  if (found) return found;
  const named = process.env['CHROMIUM_PATH'];
  throw new Error(
    named
      ? `There is no Chromium at ${named}. Where: CHROMIUM_PATH. Repair: name its executable, or leave the variable out to have it looked for.`
      : 'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}

/** As `findChromium`, or null when there is none. */
export function selectOptionalChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  const candidates = named ? [named] : [chromium.executablePath(), ...systemPlaces];
  return candidates.find((place) => existsSync(place)) ?? null;
}
