import { spawn, type ChildProcess } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveCanary, serveHarness } from './harness/serve.ts';
import type { Finding } from './harness/try-sample.ts';
import { judge, prepareTrial } from './judge.ts';
import { readSamples } from './sample.ts';

/**
 * Tries every sample in the distribution's WebKitGTK (packages webkit2gtk-driver and xvfb) and prints
 * what is wrong: `node tests/hostile/try-in-webkit.ts [name]`.
 */
const DRIVER = 'http://127.0.0.1:4571';
const out = await mkdtemp(join(tmpdir(), 'hostile-webkit-'));
const site = await serveHarness(out);
const canary = await serveCanary();
const env = { CANARY: canary.origin, PLATFORM: site.origin };
const children: ChildProcess[] = [];
let failed = 0;

try {
  children.push(spawn('Xvfb', [':97', '-screen', '0', '1280x800x24'], { stdio: 'ignore' }));
  const environment = {
    ...process.env,
    DISPLAY: ':97',
    ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
  };
  children.push(spawn('WebKitWebDriver', ['--port=4571'], { stdio: 'ignore', env: environment }));
  await answering();
  const binary = globSync('/usr/l*/*/webkit2gtk-4.*/MiniBrowser').at(-1);
  if (!binary) throw new Error('No MiniBrowser: install webkit2gtk-driver.');
  const session = await command<{ sessionId: string }>('POST', '/session', {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
    },
  });
  const at = `/session/${session.sessionId}`;
  await command('POST', `${at}/timeouts`, { script: 60_000 });
  await command('POST', `${at}/url`, { url: site.origin });
  const run = async <T>(expression: string, argument: unknown): Promise<T> => {
    const script = `const [argument, done] = arguments; (${expression})(argument).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = await command<{ value: T; error?: string }>('POST', `${at}/execute/async`, {
      script,
      args: [argument],
    });
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  };
  const openMs = await run<number>('() => window.harness.open()', null);
  console.log(`WebKitGTK: sandbox open in ${Math.round(openMs)} ms`);
  for (const sample of readSamples().filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
    for (const as of sample.as) {
      const trial = await prepareTrial(sample, as, env);
      const finding = await run<Finding>('(one) => window.harness.try(one)', trial);
      const faults = judge(sample.expect, finding);
      failed += faults.length;
      console.log(`${as} ${sample.name}: ${faults.join(' ') || 'ok'} (lag ${finding.lagMs} ms)`);
    }
  }
  console.log(`${canary.hits.length} hits on the canary: ${canary.hits.join(', ')}`);
  await command('DELETE', at, undefined);
} finally {
  for (const child of children.toReversed()) child.kill();
  await Promise.all([site.close(), canary.close(), rm(out, { recursive: true })]);
}
process.exitCode = failed > 0 || canary.hits.length > 0 ? 1 : 0;

async function command<T>(method: string, path: string, body: unknown): Promise<T> {
  const response = await fetch(DRIVER + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: T };
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value).slice(0, 500)}`);
  return value;
}

async function answering(): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const isUp = await fetch(`${DRIVER}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('WebKitWebDriver did not start.');
}
