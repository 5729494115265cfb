import { expect, test } from 'vitest';
import { createHistogram } from './histogram.ts';
import { createRandom } from './random.ts';

test('keeps three significant digits over the whole range', () => {
  for (const value of [0.012, 0.999, 12.34, 987.6, 45_678, 3_599_000]) {
    const histogram = createHistogram();
    histogram.record(value);
    expect(Math.abs(histogram.percentile(50) / value - 1)).toBeLessThan(0.001);
  }
});

test('agrees with the sorted values at every percentile', () => {
  const random = createRandom(1);
  const values = Array.from({ length: 10_000 }, () => -Math.log1p(-random()) * 20);
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  const sorted = values.toSorted((a, b) => a - b);
  for (const percent of [1, 50, 90, 95, 99, 99.9, 100]) {
    const truth = sorted[Math.ceil(percent * 100) - 1] ?? NaN;
    expect(Math.abs(histogram.percentile(percent) / truth - 1)).toBeLessThan(0.002);
  }
});

test('merges to the histogram of all values, also when the other one reaches further', () => {
  const [left, right, whole] = [createHistogram(), createHistogram(), createHistogram()];
  for (let value = 1; value <= 1000; value++) {
    const side = value % 2 ? left : right;
    side.record(value * value);
    whole.record(value * value);
  }
  right.recordFailure();
  whole.recordFailure();
  left.merge(right);
  for (const percent of [0.1, 50, 99, 99.9, 100])
    expect(left.percentile(percent)).toBe(whole.percentile(percent));
  expect(left.mean()).toBeCloseTo(whole.mean(), 6);
  expect(left.failed).toBe(1);
});

test('counts failures as infinite', () => {
  const histogram = createHistogram();
  for (let index = 0; index < 98; index++) histogram.record(1);
  histogram.recordFailure();
  histogram.recordFailure();
  expect(histogram.percentile(98)).toBeCloseTo(1, 2);
  expect(histogram.percentile(99)).toBe(Infinity);
  expect(histogram.mean()).toBeCloseTo(1, 6);
});

test('has no percentile when nothing was recorded', () => {
  expect(createHistogram().percentile(50)).toBeNaN();
});
