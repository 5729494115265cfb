import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from '../support/driver.ts';
import { serveCanary, serveHarness } from './harness/serve.ts';
import { judge, prepareTrial } from './judge.ts';
import { readSamples } from './sample.ts';
import type {} from './harness/page.ts';

/** Tries every sample whose name holds `part` and prints what is wrong; resolves to the number of faults. */
export async function tryAll(openBrowser: () => Promise<Driver>, part: string): Promise<number> {
  const out = await mkdtemp(join(tmpdir(), 'hostile-'));
  const [site, canary] = await Promise.all([serveHarness(out), serveCanary()]);
  const env = { CANARY: canary.origin, PLATFORM: site.origin };
  const browser = await openBrowser();
  let faulty = 0;
  try {
    await browser.open(site.origin);
    const openMs = await browser.evaluate(() => window.harness.open(), null);
    console.log(`${browser.engine}: sandbox open in ${Math.round(openMs)} ms`);
    for (const sample of readSamples().filter(({ name }) => name.includes(part))) {
      for (const as of sample.as) {
        const trial = await prepareTrial(sample, as, env);
        const finding = await browser.evaluate((one) => window.harness.try(one), trial);
        const faults = judge(sample.expect, finding);
        faulty += faults.length;
        console.log(`${as} ${sample.name}: ${faults.join(' ') || 'ok'} (lag ${finding.lagMs} ms)`);
      }
    }
  } finally {
    await browser.close();
    await Promise.all([site.close(), canary.close(), rm(out, { recursive: true })]);
  }
  console.log(`${canary.hits.length} hits on the canary: ${canary.hits.join(', ')}`);
  return faulty + canary.hits.length;
}
