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

/** Path of the Chromium to test with: CHROMIUM_PATH, Playwright's own, or the distribution's. */
export function findChromium(): string {
  const found = selectOptionalChromium();
  if (found) return found;
  throw new Error(
    'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}

/** As `findChromium`, or null when there is none. */
export function selectOptionalChromium(): string | null {
  const candidates = [process.env['CHROMIUM_PATH'], chromium.executablePath(), ...systemPlaces];
  return (
    candidates.find((place) => place !== undefined && place !== '' && existsSync(place)) ?? null
  );
}
