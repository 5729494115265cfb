import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import knee from './checks/knee.ts';
import onPaper from './checks/on-paper.ts';
import prediction from './checks/prediction.ts';
import steps from './checks/steps.ts';
import type { Bench, Point, Swept } from './start/sweep.ts';
import { parseDocuments } from '#platform/yaml-document.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [steps, knee, prediction, onPaper];
const SEEDS = Number(process.env['SEEDS'] ?? 40);
const signal = new AbortController().signal;

/** Milliseconds, as two models were seen to take them on two processors. */
const MACHINES = [
  { 'oncall-lm': { once: 0.13, row: 0.084 }, triage: { once: 0.43, row: 1.25 } },
  { 'oncall-lm': { once: 0.05, row: 0.03 }, triage: { once: 0.1, row: 0.5 } },
] as const;
const OPENING_MS = 35;

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'steps'], ['solution', null], ...wrong] as const)(
  '%s fails at %s, on a quiet machine and on a busy one',
  async (answer, failsAt) => {
    for (const busy of [0, 0.4])
      for (let seed = 1; seed <= SEEDS; seed += 1)
        expect(await gradeInProcess(answer, seed, busy), `seed ${seed}, ${busy} busy`).toBe(
          failsAt,
        );
  },
);

test('a machine that is too busy to be measured is our trouble and costs nothing', async () => {
  await expect(gradeInProcess('solution', 1, 20)).rejects.toThrow(/too busy/);
});

test('a formula that names a batch outside the sweep is told, not thrown', async () => {
  const answer = 'formulas: {step: t32, knee: t32, paper_step: 1, paper_knee: 1}';
  expect(await gradeInProcess('solution', 1, 0, { 'answer.yaml': answer })).toBe('knee');
});

/** Runs the checks beside a bench that takes what a model of a machine says; gives the first check that failed. */
async function gradeInProcess(
  answer: string,
  seed: number,
  busy: number,
  changes: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  const files = Object.fromEntries(
    ['bench.yaml', 'answer.yaml'].map((name) => [
      name,
      readFileSync(path.join(FOLDER, answer, name), 'utf8'),
    ]),
  );
  const [bench] = parseDocuments('bench.yaml', files['bench.yaml'] ?? '').documents;
  const draw = createRandom(seed, 'machine');
  const machine = MACHINES[seed % MACHINES.length] ?? MACHINES[0];
  const context = {
    files: { ...files, ...changes },
    seed,
    random: createRandom(seed, 'checks'),
    cluster: {
      async fetch(request: Request) {
        const { model, settings } = (await request.json()) as { model: Swept; settings?: Bench };
        const used = settings ?? (bench?.value as Bench);
        return Response.json({ points: pretend(machine[model], used, draw, busy) });
      },
    },
    notes: new Map(),
  } as unknown as LabCheckContext;
  for (const check of CHECKS) if (!(await check.run(context, signal)).passed) return check.id;
  return null;
}

/**
 * A sweep on a machine that is interrupted for a share of all samples, by up to four times their length;
 * beyond 1 for all of them, and for longer.
 */
function pretend(
  { once, row }: { readonly once: number; readonly row: number },
  { batches, warm_up, repeats, timed, summary }: Bench,
  draw: () => number,
  busy: number,
): readonly Point[] {
  return batches.map((batch) => {
    const samples = Array.from({ length: repeats }, (_, at) => {
      const step = (once + row * batch) * (0.98 + 0.04 * draw());
      const prompts = timed === 'step' ? 0 : 0.8 * step + 2 * row * batch;
      const cold = at + warm_up === 0 ? 4 * step : 0;
      const stolen = draw() < busy ? 4 * Math.max(busy, 1) * step * draw() : 0;
      return step + prompts + cold + stolen + (timed === 'everything' ? OPENING_MS / 8 : 0);
    });
    const sorted = samples.toSorted((a, b) => a - b);
    const mean = samples.reduce((sum, each) => sum + each, 0) / samples.length;
    const ms = { first: samples[0], quickest: sorted[0], median: sorted[sorted.length >> 1], mean };
    return { batch, ms: ms[summary] ?? NaN, samples };
  });
}
