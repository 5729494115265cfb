import { expect, test } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import type { Send } from './send.ts';
import {
  OK,
  clockForTest,
  exponential,
  planFor,
  runVirtually,
  singleServer,
} from './stub-target.ts';

const run = (changes: object, mean: number, seed: number) => {
  const clock = clockForTest();
  return runVirtually(planFor(changes), singleServer(clock, exponential(mean, seed)), clock);
};

test('pairs the requests of one seed: a faster server shows in the median difference', async () => {
  const compared = compareRuns(await run({}, 5, 1), await run({}, 4, 1));
  if (!compared.paired) throw new Error(compared.why);
  expect(compared.pairs).toBeGreaterThan(900);
  expect(compared.medianDifference).toBeLessThan(0);
  expect(compared.interval?.high).toBeLessThan(0);
  expect(compared.fasterShare).toBe(1);
});

test('a run compared with itself differs in nothing', async () => {
  const same = await run({}, 5, 1);
  expect(compareRuns(same, same)).toMatchObject({
    paired: true,
    medianDifference: 0,
    interval: { low: 0, high: 0 },
    fasterShare: 0,
  });
});

test('failures are counted by the run in which they happened', async () => {
  const failing = (every: number): Send => {
    let turn = 0;
    return async () => (turn++ % every === 0 ? { ...OK, status: 500 } : OK);
  };
  const plan = planFor({ arrivals: { process: 'constant', rate: 6 } });
  const [first, second] = await Promise.all([
    runVirtually(plan, failing(2), clockForTest()),
    runVirtually(plan, failing(3), clockForTest()),
  ]);
  expect(compareRuns(first, second)).toMatchObject({
    pairs: 20,
    failedOnlyInFirst: 20,
    failedOnlyInSecond: 10,
    failedInBoth: 10,
  });
});

test('runs with different schedules are not paired, and it says in what they differ', async () => {
  const first = await run({}, 5, 1);
  const other = { seed: 2, arrivals: { process: 'constant', rate: 100 } };
  expect(compareRuns(first, await run(other, 5, 1))).toMatchInlineSnapshot(`
    {
      "paired": false,
      "why": "The runs differ in seed, arrivals, so their requests do not pair. Run again with the same ones.",
    }
  `);
});
