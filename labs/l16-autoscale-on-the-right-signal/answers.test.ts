import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import { simulate } from '#simulation/simulate.ts';
import inTime from './checks/in-time.ts';
import noWaste from './checks/no-waste.ts';
import steady from './checks/steady.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [inTime, noWaste, steady];
const SEEDS = Number(process.env['SEEDS'] ?? 1);

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'no-waste'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  600_000,
);

test('pods of a second Deployment with a setting that is no number fail the first check', async () => {
  const context = contextOf('solution', 1);
  const deployment = context.manifests['deployment.yaml'] ?? '';
  const second = deployment
    .replace('name: oncall-lm', 'name: more')
    .replace(/value: ['"]?48['"]?/, 'value: many');
  expect(second).toContain('many');
  const files = { ...context, manifests: { ...context.manifests, 'more.yaml': second } };
  const { passed, measured } = await inTime.run(files, new AbortController().signal);
  expect(passed).toBe(false);
  expect(measured).toMatch(
    /^more\.yaml:2:1 .*MAX_BATCH is "many"; it is a whole number of 1 or more/,
  );
});

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
  const read = (name: string): string => {
    const own = path.join(FOLDER, answer, name);
    return readFileSync(existsSync(own) ? own : path.join(FOLDER, 'start', name), 'utf8');
  };
  const names = ['hpa.yaml', 'deployment.yaml', 'service.yaml'];
  return {
    manifests: Object.fromEntries(names.map((name) => [name, read(name)])),
    seed,
    random: createRandom(seed, 'checks'),
    simulate: async (input: Parameters<typeof simulate>[0]) => ({
      report: simulate(input),
      log: [],
    }),
    notes: new Map(),
  } as unknown as LabCheckContext;
}
