import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { serveCanary, serveHarness } from './harness/serve.ts';
import { judge, prepareTrial } from './judge.ts';
import { readSamples } from './sample.ts';
import type {} from './harness/page.ts';

/** Tries every sample in the distribution's Firefox ESR and prints what is wrong: `node tests/hostile/try-in-firefox.ts [name]`. */
const out = await mkdtemp(join(tmpdir(), 'hostile-firefox-'));
const site = await serveHarness(out);
const canary = await serveCanary();
const env = { CANARY: canary.origin, PLATFORM: site.origin };
const browser = await launch({
  browser: 'firefox',
  executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
  headless: true,
});
let failed = 0;
try {
  const page = await browser.newPage();
  await page.goto(site.origin);
  const openMs = await page.evaluate(() => window.harness.open());
  console.log(`${await browser.version()}: sandbox open in ${Math.round(openMs)} ms`);
  for (const sample of readSamples().filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
    for (const as of sample.as) {
      const trial = await prepareTrial(sample, as, env);
      const finding = await page.evaluate((one) => window.harness.try(one), trial);
      const faults = judge(sample.expect, finding);
      failed += faults.length;
      console.log(`${as} ${sample.name}: ${faults.join(' ') || 'ok'} (lag ${finding.lagMs} ms)`);
    }
  }
  console.log(`${canary.hits.length} hits on the canary: ${canary.hits.join(', ')}`);
} finally {
  await browser.close();
  await Promise.all([site.close(), canary.close(), rm(out, { recursive: true })]);
}
process.exitCode = failed > 0 || canary.hits.length > 0 ? 1 : 0;
