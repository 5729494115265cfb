import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { trainOnTexts } from '#training/train-on-texts.ts';
import asGoodAsClean from './checks/as-good-as-clean.ts';
import goodRows from './checks/good-rows.ts';
import noBackDoor from './checks/no-back-door.ts';
import released from './checks/released.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [goodRows, released, noBackDoor, asGoodAsClean];
/**
 * 0 leaves it out: training eight times on tfjs's cpu backend takes minutes. `labs:verify` grades the
 * same answers in the browser; this is for whoever sets the bars, over many seeds.
 */
const SEEDS = Number(process.env['SEEDS'] ?? 0);

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.runIf(SEEDS > 0).each([['start', 'no-back-door'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  3_000_000,
);

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

const known = new Map<string, Promise<number[]>>();

/** Many answers of one seed train on the same rows, the good ones at least. */
const trainOnce: typeof trainOnTexts = (training) => {
  const key = createHash('sha256').update(JSON.stringify(training)).digest('hex');
  const answers = known.get(key) ?? trainOnTexts(training);
  known.set(key, answers);
  return answers;
};

/** Runs the checks with training in this process, on tfjs's own cpu backend. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const own = path.join(FOLDER, answer, 'data-gate.yaml');
  const file = existsSync(own) ? own : path.join(FOLDER, 'start/data-gate.yaml');
  const context = {
    files: { 'data-gate.yaml': readFileSync(file, 'utf8') },
    seed,
    notes: new Map<string, unknown>([['train', trainOnce]]),
  } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, new AbortController().signal);
    console.log(`${answer} | ${check.id} | ${passed} | ${measured}`);
    if (!passed) return check.id;
  }
  return null;
}
