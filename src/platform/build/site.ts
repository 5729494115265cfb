import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compressFolder } from './compress.ts';
import { hashInputs, hashInputTimes } from './inputs.ts';
import { bundleServer } from './server.ts';

/** Builds the site into `dist` unless it is already built from exactly these inputs; `check` may object before that. */
export async function buildSiteIfStale(
  dist: string,
  check: () => Promise<void> = async () => {},
): Promise<void> {
  const stampFile = path.join(dist, 'build.json');
  const stamp = await readStamp(stampFile);
  const times = await hashInputTimes();
  if (stamp?.times === times) return;
  const inputs = await hashInputs();
  if (stamp?.inputs === inputs) return writeStamp(stampFile, { inputs, times });
  await check();
  const started = performance.now();
  console.log('Building the site ...');
  await rm(dist, { recursive: true, force: true });
  await runStep('the content lint', ['src/courses/lint-command.ts']);
  await runStep('the Astro build', ['node_modules/astro/bin/astro.mjs', 'build'], {
    DAY2_DIST: dist,
  });
  await runStep('the search index', [
    'node_modules/pagefind/lib/runner/bin.cjs',
    '--site',
    path.join(dist, 'client'),
    '--silent',
  ]);
  await compressFolder(path.join(dist, 'client'));
  await bundleServer(dist);
  await writeStamp(stampFile, { inputs, times });
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** Hashes of what `dist` was built from. */
interface Stamp {
  readonly inputs: string;
  readonly times?: string;
}

async function readStamp(file: string): Promise<Stamp | null> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Stamp) : null;
}

async function writeStamp(file: string, stamp: Stamp): Promise<void> {
  await writeFile(file, JSON.stringify(stamp)).catch((error: NodeJS.ErrnoException) => {
    // A site that somebody else built and may alone write to is as good; it only takes longer to see.
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) throw error;
  });
}

async function runStep(
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${name} failed; its message is above.`);
}
