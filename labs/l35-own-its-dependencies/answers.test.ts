import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import accountedFor from './checks/accounted-for.ts';
import caught from './checks/caught.ts';
import installScripts from './checks/install-scripts.ts';
import sbom from './checks/sbom.ts';

const LAB = 'labs/l35-own-its-dependencies';
const SEEDS = Number(process.env['SEEDS'] ?? 2);
/** One grade takes some 0.3 s here. */
const LIMIT_MS = 600_000;
const checks: readonly LabCheck[] = [accountedFor, installScripts, caught, sbom];
const { signal } = new AbortController();

let scratch = '';
beforeAll(async () => {
  await mkdir('.cache', { recursive: true });
  scratch = await mkdtemp('.cache/l35-');
});
afterAll(() => rm(scratch, { recursive: true }));

interface Gate {
  fetch(request: Request): Promise<Response>;
}

async function openGate(answer: string): Promise<Gate> {
  const folder = path.join(scratch, answer.replace('/', '-'));
  await mkdir(folder);
  for (const file of ['archive.ts', 'observe.ts'])
    await writeFile(path.join(folder, file), await readFile(`${LAB}/start/${file}`));
  await writeFile(path.join(folder, 'gate.ts'), await readFile(`${LAB}/${answer}/gate.ts`));
  const module = (await import(path.resolve(folder, 'gate.ts'))) as { default: Gate };
  return module.default;
}

/** The check at which the gate fails first; null when it passes all. */
async function firstFailure(gate: Gate, seed: number): Promise<string | null> {
  const cluster = { fetch: async (request: Request) => gate.fetch(request) };
  const context = { cluster, random: createRandom(seed, 'checks') } as unknown as LabCheckContext;
  for (const check of checks) {
    const { passed } = await check.run(context, signal);
    if (!passed) return check.id;
  }
  return null;
}

async function failures(answer: string): Promise<readonly (string | null)[]> {
  const gate = await openGate(answer);
  const found = new Set<string | null>();
  for (let seed = 1; seed <= SEEDS; seed += 1) found.add(await firstFailure(gate, seed));
  return [...found];
}

test(
  'the solution passes with every seed, and what learners are given does not',
  async () => {
    expect(await failures('solution')).toEqual([null]);
    expect(await failures('start')).toEqual(['accounted-for']);
  },
  LIMIT_MS,
);

test(
  'every wrong answer fails at its check with every seed',
  async () => {
    const names = await readdir(`${LAB}/wrong`);
    expect(names.length).toBeGreaterThanOrEqual(8);
    for (const name of names) {
      const text = await readFile(`${LAB}/wrong/${name}/expected.json`, 'utf8');
      const { check } = JSON.parse(text) as { check: string };
      expect([name, await failures(`wrong/${name}`)]).toEqual([name, [check]]);
    }
  },
  LIMIT_MS,
);
