import { chromium } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../src/platform/chromium.ts';
import { openSite } from '../../src/labs/verify/site.ts';
import type { PodPlace } from '../../src/pods/pod-runtime.ts';

/*
 * npm run test:webcontainer: one suite on pods in workers and on pods in the real WebContainer, which
 * needs a network that reaches stackblitz.com. By running it you accept the terms that docs/hosting.md links.
 */
process.env['DAY2_WEBCONTAINER'] = 'on';
const site = await openSite();
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
try {
  const failed = [...(await run('worker')), ...(await run('webcontainer'))];
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  site.close();
}

async function run(place: PodPlace): Promise<readonly string[]> {
  const page = await browser.newPage();
  await page.goto(`${site.url}/labs/hosts/`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  const results = await page
    .evaluate((where) => window.hostsPage?.run(where) ?? [], place)
    .catch((error: unknown) => [{ name: 'start', passed: false, found: String(error) }]);
  for (const { name, passed, found } of results)
    console.log(
      `${place}  ${passed ? 'passed' : 'FAILED'}  ${name}${passed ? '' : `\n    ${found}`}`,
    );
  await page.close();
  return results.filter(({ passed }) => !passed).map(({ name }) => name);
}
