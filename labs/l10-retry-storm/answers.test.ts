import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { withoutFiles } from '#labs/files.ts';
import { simulateInTurns } from '#simulation/simulate.ts';
import hidesBlips from './checks/hides-blips.ts';
import noStorm from './checks/no-storm.ts';
import noWave from './checks/no-wave.ts';
import recovers from './checks/recovers.ts';
import stillUseful from './checks/still-useful.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [noStorm, recovers, stillUseful, hidesBlips, noWave];
const SEEDS = Number(process.env['SEEDS'] ?? 1);
const never = new AbortController().signal;

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'no-storm'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  600_000,
);

/** The checks of a grade without its cluster, which they do not ask; gives the first that failed. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const files = { ...readFiles('start'), ...readFiles(answer) };
  const simulate: LabCheckContext['simulate'] = async (input, signal) => ({
    report: await simulateInTurns(input, signal),
    log: [],
  });
  const manifests = withoutFiles(files, ['retry.yaml']);
  const notes = new Map<string, unknown>();
  const context = { files, manifests, seed, simulate, notes } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, never);
    if (process.env['SEEDS']) console.log(`${answer} | ${seed} | ${check.id} | ${measured}`);
    if (!passed) return check.id;
  }
  return null;
}

function readFiles(answer: string): Record<string, string> {
  const folder = path.join(FOLDER, answer);
  const names = ['retry.yaml', 'deployment.yaml', 'service.yaml'];
  const present = names.filter((name) => existsSync(path.join(folder, name)));
  return Object.fromEntries(
    present.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}
