import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import bothFinish from './checks/both-finish.ts';
import lostWork from './checks/lost-work.ts';
import noIdleHold from './checks/no-idle-hold.ts';
import overhead from './checks/overhead.ts';
import withinQuota from './checks/within-quota.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [bothFinish, withinQuota, noIdleHold, overhead, lostWork];
const SEEDS = Number(process.env['SEEDS'] ?? 3);

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'both-finish'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  120_000,
);

/** Runs the checks beside a machine on which a checkpoint takes 0.8 to 16 steps. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const own = path.join(FOLDER, answer, 'queue.yaml');
  const file = existsSync(own) ? own : path.join(FOLDER, 'start/queue.yaml');
  const steps = 0.8 * 20 ** createRandom(seed, 'machine')();
  const context = {
    files: { 'queue.yaml': readFileSync(file, 'utf8') },
    seed,
    notes: new Map<string, unknown>([['cost', { stepMs: 2, checkpointMs: 2 * steps, steps }]]),
  } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, new AbortController().signal);
    if (process.env['SEEDS']) console.log(`${answer} | ${check.id} | ${passed} | ${measured}`);
    if (!passed) return check.id;
  }
  return null;
}
