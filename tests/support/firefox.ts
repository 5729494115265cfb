import { existsSync } from 'node:fs';
import { launch } from 'puppeteer-core';
import { locate, type Driver } from './driver.ts';

const FIREFOX = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';

/** What the distribution calls it. */
export const firefoxPackages = ['firefox-esr'];

/** Whether the distribution's Firefox ESR, or the one at FIREFOX_PATH, is here. */
export function hasFirefox(): boolean {
  return existsSync(FIREFOX);
}

/** Opens the distribution's Firefox ESR, headless, over WebDriver BiDi. */
export async function openFirefox(): Promise<Driver> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    defaultViewport: { width: 1280, height: 720 },
    protocolTimeout: 60_000,
  });
  const page = await browser.newPage();
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => {
    const message = error instanceof Error ? error.message : String(error);
    if (!isProbeReport(message)) pageErrors.push(message);
  });
  return {
    engine: await browser.version(),
    pageErrors,
    async open(url) {
      await page.goto(url);
    },
    evaluate: <A, T>(act: (argument: A) => T | Promise<T>, argument: A) =>
      page.evaluate(act as (argument: unknown) => T | Promise<T>, argument),
    async click({ selector, name }) {
      const handle = await page.evaluateHandle(locate, { selector, name: name.source });
      const element = handle.asElement();
      await (element as { click(): Promise<void> } | null)?.click();
      return element !== null;
    },
    async type(text) {
      await page.keyboard.type(text);
    },
    press: (key) => page.keyboard.press(key),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
    kill() {
      browser.process()?.kill('SIGKILL');
    },
  };
}

/** Firefox reports here, beside errors, what the sandbox's own probe tried in vain. */
function isProbeReport(message: string): boolean {
  const isRefusal =
    message.startsWith('Content-Security-Policy:') || message.includes('connection');
  return isRefusal && (message.includes('/sandbox/frame.html') || message.includes('unsafe-eval'));
}
