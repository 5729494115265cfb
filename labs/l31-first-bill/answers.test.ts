import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import month from './checks/month.ts';
import priced from './checks/priced.ts';
import range from './checks/range.ts';
import unitCost from './checks/unit-cost.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [priced, unitCost, month, range];
const SEEDS = Number(process.env['SEEDS'] ?? 3);

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'priced'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  120_000,
);

test('measurements that differ by more than 15 % are said and change no verdict', async () => {
  const context = contextOf('solution', 1, [4000, 7000, 9000]);
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, signal);
    expect(passed, measured).toBe(true);
    if (check === priced)
      expect(measured).toMatch(/Not at rest: three measurements differ by 38 %/);
  }
});

test('a machine that seems to read no faster than it writes is no fault of the learner', async () => {
  const context = contextOf('solution', 1, [4000, 4100, 4200], 1.1);
  await expect(priced.run(context, signal)).rejects.toThrow(/no faster than it writes/);
});

const signal = new AbortController().signal;

/** Runs the checks beside a replica of some speed; gives the first that failed. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const random = createRandom(seed, 'machine');
  const speed = 2000 * 8 ** random();
  const context = contextOf(answer, seed, [speed, 1.05 * speed, 0.97 * speed]);
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, signal);
    if (process.env['SEEDS'])
      console.log(`${answer} | ${check.id} | ${passed} | ${measured.replaceAll('\n', '; ')}`);
    if (!passed) return check.id;
  }
  return null;
}

function contextOf(
  answer: string,
  seed: number,
  speeds: readonly number[],
  // A replica read 1.9 to 2.5 times as fast as it wrote where this was written; others may differ.
  reading = 1.5 + 5 * createRandom(seed, 'reading')(),
): LabCheckContext {
  const rounds = speeds.map((output) => ({ prompt: reading * output, output }));
  const read = (name: string): string => {
    const own = path.join(FOLDER, answer, name);
    return readFileSync(existsSync(own) ? own : path.join(FOLDER, 'start', name), 'utf8');
  };
  return {
    files: { 'cost.yaml': read('cost.yaml'), 'prices.yaml': read('prices.yaml') },
    seed,
    random: createRandom(seed, 'checks'),
    cluster: { fetch: async () => Response.json({ rounds }) },
    notes: new Map(),
  } as unknown as LabCheckContext;
}
