import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { simulate } from '#simulation/simulate.ts';
import goodput from './checks/goodput.ts';
import quiet from './checks/quiet.ts';
import tpot from './checks/tpot.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [goodput, tpot, quiet];
const SEEDS = Number(process.env['SEEDS'] ?? 2);

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'goodput'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  600_000,
);

/** Runs the checks; gives the first that failed. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const context = contextOf(answer, seed);
  let failed: string | null = null;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, new AbortController().signal);
    // All of them where the figures are wanted: a distribution has no first failure.
    if (process.env['SEEDS']) console.log(`${answer} | ${check.id} | ${passed} | ${measured}`);
    if (!passed) failed ??= check.id;
  }
  return failed;
}

function contextOf(answer: string, seed: number): LabCheckContext {
  const own = path.join(FOLDER, answer, 'serving.yaml');
  const file = existsSync(own) ? own : path.join(FOLDER, 'start', 'serving.yaml');
  return {
    files: { 'serving.yaml': readFileSync(file, 'utf8') },
    seed,
    simulate: async (input: Parameters<typeof simulate>[0]) => ({
      report: simulate(input),
      log: [],
    }),
    notes: new Map(),
  } as unknown as LabCheckContext;
}
