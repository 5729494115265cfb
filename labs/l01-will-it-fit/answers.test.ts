import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import measured from './checks/measured.ts';
import node from './checks/node.ts';
import onPaper from './checks/on-paper.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [measured, onPaper, node];
const SEEDS = Number(process.env['SEEDS'] ?? 40);
const signal = new AbortController().signal;

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'measured'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
);

/** Runs the checks beside a pod that holds what oncall-lm was seen to hold; gives the first that failed. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const file = path.join(FOLDER, answer, 'sizing.yaml');
  const context = {
    files: { 'sizing.yaml': readFileSync(file, 'utf8') },
    seed,
    random: createRandom(seed, 'checks'),
    cluster: { fetch: hold },
    notes: new Map(),
  } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured: found } = await check.run(context, signal);
    if (process.env['SEEDS'])
      console.log(`${answer} | ${check.id} | ${passed} | ${found.replaceAll('\n', '; ')}`);
    if (!passed) return check.id;
  }
  return null;
}

async function hold(request: Request): Promise<Response> {
  const { concurrency, tokens } = (await request.json()) as {
    concurrency: number;
    tokens: number;
  };
  const kv = concurrency * tokens * 4096;
  return Response.json({ weights: 3_848_909, kv, prompt_tokens: tokens - 12, output_tokens: 12 });
}
