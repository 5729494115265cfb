import { expect, test } from 'vitest';
import { findRanks, statePercentiles } from './confidence.ts';
import { createExponentialDraw } from './draw.ts';
import { createHistogram } from './histogram.ts';
import { createRandom } from './random.ts';

test.each([
  [400, 0.1],
  [2000, 0.01],
  [20_000, 0.05],
])('95 of 100 intervals hold the true percentile: n %d, %d beyond', (n, beyond) => {
  const truth = -Math.log(beyond);
  const draw = createExponentialDraw(createRandom(11));
  const { low, high } = findRanks(n, beyond) ?? { low: 1, high: 1 };
  let held = 0;
  const rounds = n > 10_000 ? 200 : 600;
  for (let round = 0; round < rounds; round += 1) {
    const sorted = Float64Array.from({ length: n }, draw).sort();
    const [from = Infinity, until = 0] = [sorted[low - 1], sorted[high - 1]];
    if (from <= truth && truth <= until) held += 1;
  }
  expect(held / rounds).toBeGreaterThan(0.93);
  expect(held / rounds).toBeLessThan(0.995);
});

test('the exact and the normal bounds meet where one hands over to the other', () => {
  const [below, above] = [findRanks(7999, 0.05), findRanks(8020, 0.05)];
  expect(Math.abs((above?.high ?? 0) - (below?.high ?? 0) - 20)).toBeLessThan(6);
  expect(Math.abs((above?.low ?? 0) - (below?.low ?? 0) - 20)).toBeLessThan(6);
});

test('with too few requests there is no interval, and it says how many are needed', () => {
  const histogram = createHistogram();
  for (let index = 0; index < 367; index += 1) histogram.record(index + 1);
  const p99 = () => statePercentiles(histogram).find(({ percent }) => percent === 99);
  expect(p99()?.confidence).toEqual({ kind: 'too-small', needs: 368 });
  histogram.record(368);
  expect(p99()?.confidence).toMatchObject({ kind: 'interval', isEnough: false });
  expect(p99()?.advised).toBe(10_000);
});

test('failures at the top make the upper end infinite', () => {
  const histogram = createHistogram();
  for (let index = 0; index < 9940; index += 1) histogram.record(5);
  for (let index = 0; index < 99; index += 1) histogram.recordFailure();
  const [, , , p99] = statePercentiles(histogram);
  expect(p99?.value).toBeCloseTo(5, 1);
  expect(p99?.confidence).toMatchObject({ kind: 'interval', high: Infinity, isEnough: true });
});
