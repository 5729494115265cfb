import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseEnv } from '../../src/platform/env.ts';
import { installPackages } from '../../src/platform/launcher/install-packages.ts';
import { createSiteServer } from '../../src/platform/server/create-server.ts';
import type { Driver } from '../support/driver.ts';
import { firefoxPackages, hasFirefox, openFirefox } from '../support/firefox.ts';
import { hasWebKit, openWebKit, webKitPackages } from '../support/webkit.ts';
import { play, within } from './play.ts';
import { shortStory, wholeStory, type Step } from './story.ts';

interface Engine {
  readonly packages: readonly string[];
  readonly steps: readonly Step[];
  isHere(): boolean;
  open(): Promise<Driver>;
}

type Outcome = 'passed' | 'FAILED' | 'SKIPPED, not installed';

/**
 * Plays the built product in the distribution's other engines: the whole story in Firefox ESR, the sandbox
 * with one deploy and predict in WebKitGTK. `node tests/engines/command.ts [firefox|webkit]`.
 */
const engines: Readonly<Record<string, Engine>> = {
  firefox: { packages: firefoxPackages, steps: wholeStory, isHere: hasFirefox, open: openFirefox },
  webkit: { packages: webKitPackages, steps: shortStory, isHere: hasWebKit, open: openWebKit },
};
const ENGINE_MS = 240_000;
const OPEN_MS = 45_000;

const outcomes: string[] = [];
const started = performance.now();
const origin = await serveProduct();
for (const [name, engine] of chooseEngines(process.argv[2])) {
  outcomes.push(`${name} ${await tryEngine(name, engine)}`);
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`\nEngines: ${outcomes.join(', ')} in ${seconds} s`);
process.exit(outcomes.some((outcome) => outcome.includes('FAILED')) ? 1 : 0);

async function tryEngine(name: string, engine: Engine): Promise<Outcome> {
  if (!engine.isHere()) installPackages(engine.packages);
  if (!engine.isHere()) {
    const install = `apt-get install ${engine.packages.join(' ')}`;
    console.log(`${name}: SKIPPED: it is not installed and could not be. On Debian: ${install}`);
    return 'SKIPPED, not installed';
  }
  let driver: Driver | undefined;
  try {
    driver = await within(OPEN_MS, engine.open());
    console.log(`${name}: ${driver.engine}`);
    const isPassed = await within(ENGINE_MS, play(name, driver, origin, engine.steps));
    return isPassed ? 'passed' : 'FAILED';
  } catch (error) {
    console.error(`${name}: FAILED  ${String(error)}`);
    return 'FAILED';
  } finally {
    await close(driver);
  }
}

/** A browser that does not close is killed. */
async function close(driver: Driver | undefined): Promise<void> {
  if (!driver) return;
  await within(10_000, driver.close()).catch(() => {
    driver.kill();
  });
}

function chooseEngines(wanted: string | undefined): [string, Engine][] {
  const all = Object.entries(engines);
  const chosen = all.filter(([name]) => wanted === undefined || name === wanted);
  if (chosen.length > 0) return chosen;
  throw new Error(`No engine "${wanted}". Choose ${all.map(([name]) => name).join(' or ')}.`);
}

async function serveProduct(): Promise<string> {
  const dist = parseEnv(process.env).DAY2_DIST;
  if (!existsSync(join(dist, 'server/entry.mjs')))
    throw new Error(`No built site in ${dist}. Build it first: npm run build`);
  const server = await createSiteServer(dist);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
