import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { withoutFiles, type LabFiles } from '#labs/files.ts';
import { simulateInTurns } from '#simulation/simulate.ts';
import { simulatePolicy } from '#simulation/simulate-policy.ts';
// oxlint-disable-next-line import/default -- the query makes it a text
import runtime from '../../src/simulation/sandboxed/main.ts?sandboxed-text';
import { openPolicyWorkers } from '../../src/simulation/testing/policy-workers.ts';
import afterTheRepair from './checks/after-the-repair.ts';
import itMoves from './checks/it-moves.ts';
import slowNode from './checks/slow-node.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [slowNode, itMoves, afterTheRepair];
const SEEDS = Number(process.env['SEEDS'] ?? 1);
const never = new AbortController().signal;

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'slow-node'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  600_000,
);

test.each(['power-of-two', 'least-request'])(
  'the policy %s passes without code',
  async (policy) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess('start', seed, { 'route.yaml': `policy: ${policy}\n` })).toBe(
        null,
      );
  },
  600_000,
);

/** The checks of a grade without its cluster, which they do not ask; gives the first that failed. */
async function gradeInProcess(
  answer: string,
  seed: number,
  changes: LabFiles = {},
): Promise<string | null> {
  const files = { ...readFiles('start'), ...readFiles(answer), ...changes };
  const { code } = await transform(files['route.ts'] ?? '', { loader: 'ts', format: 'esm' });
  const simulate: LabCheckContext['simulate'] = async (input, signal, policy) =>
    policy === undefined
      ? { report: await simulateInTurns(input, signal), log: [] }
      : simulatePolicy(input, { code, runtime, workers: openPolicyWorkers(), signal });
  const manifests = withoutFiles(files, ['route.yaml']);
  const context = { files, manifests, seed, simulate } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, never);
    if (process.env['SEEDS']) console.log(`${answer} | ${seed} | ${check.id} | ${measured}`);
    if (!passed) return check.id;
  }
  return null;
}

function readFiles(answer: string): Record<string, string> {
  const folder = path.join(FOLDER, answer);
  const names = ['route.yaml', 'route.ts', 'deployment.yaml', 'service.yaml'];
  const present = names.filter((name) => existsSync(path.join(folder, name)));
  return Object.fromEntries(
    present.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}
