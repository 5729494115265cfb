import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import type { LabFiles } from '#labs/files.ts';
import { readSettings } from '#labs/read-settings.ts';
import { createRandom } from '#load/random.ts';
import failuresCount from './checks/failures-count.ts';
import keepsTheRate from './checks/keeps-the-rate.ts';
import seesTheStall from './checks/sees-the-stall.ts';
import sentLateIsLate from './checks/sent-late-is-late.ts';
import { loadtestSchema } from './settings.ts';
import type { Test } from './start/measure.ts';
import { runTest, type Tester } from './start/run-test.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [keepsTheRate, seesTheStall, sentLateIsLate, failuresCount];
const SEEDS = Number(process.env['SEEDS'] ?? 1);

// What never gives way, or never ends, only a pod's worker can end: here it would hold the test itself.
const IN_PODS_ONLY = new Set(['spins', 'never-starts']);

const wrong = readdirSync(path.join(FOLDER, 'wrong'))
  .filter((name) => !IN_PODS_ONLY.has(name))
  .map((name) => {
    const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
    return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
  });

test.each([['start', 'keeps-the-rate'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  120_000,
);

/** Runs the checks with the tester in this process instead of in a pod; gives the first that failed. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const { arrive, files } = await loadAnswer(answer);
  const read = readSettings(files, 'loadtest.yaml', loadtestSchema);
  if (!read.ok) throw new Error('loadtest.yaml does not fit its schema.');
  const fetchInProcess = async (request: Request): Promise<Response> => {
    const { calls, trouble } = await runTest((await request.json()) as Test, read.value, arrive);
    return Response.json({ calls: calls.map(({ due, at }) => [due, at]), trouble });
  };
  const context = {
    files,
    seed,
    random: createRandom(seed, 'checks'),
    cluster: { fetch: fetchInProcess },
  } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, new AbortController().signal);
    if (process.env['SEEDS']) console.log(`${answer} | ${check.id} | ${passed} | ${measured}`);
    if (!passed) return check.id;
  }
  return null;
}

async function loadAnswer(answer: string) {
  const fileOf = (name: string): string => {
    const own = path.join(FOLDER, answer, name);
    return readdirSync(path.join(FOLDER, answer)).includes(name)
      ? own
      : path.join(FOLDER, 'start', name);
  };
  const module = (await import(fileOf('arrivals.ts'))) as {
    readonly arrive: (tester: Tester) => Promise<void>;
  };
  const files: LabFiles = { 'loadtest.yaml': readFileSync(fileOf('loadtest.yaml'), 'utf8') };
  return { arrive: module.arrive, files };
}
