import { describe, expect, it } from 'vitest';
import { areaUnderCurve, averagePrecision, scoreExceededBy } from './ranking.ts';

const scored = (wanted: readonly number[], others: readonly number[]) => [
  ...wanted.map((score) => ({ score, isWanted: true })),
  ...others.map((score) => ({ score, isWanted: false })),
];

describe('the area under the curve', () => {
  it('is 1 for a perfect order, 0 for the opposite, and a half where all are equal', () => {
    expect(areaUnderCurve(scored([3, 4], [1, 2]))).toBe(1);
    expect(areaUnderCurve(scored([1, 2], [3, 4]))).toBe(0);
    expect(areaUnderCurve(scored([1, 1], [1, 1, 1]))).toBe(0.5);
  });

  it('is the share of pairs in the right order', () => {
    // Of six pairs, 5 > 1, 5 > 2, 2 > 1 are right, 2 = 2 is half right, and 5 < 6, 2 < 6 are wrong.
    expect(areaUnderCurve(scored([5, 2], [1, 2, 6]))).toBeCloseTo(3.5 / 6, 12);
  });
});

describe('average precision', () => {
  it('is the mean of the precision at each wanted one', () => {
    // Order: wanted, other, wanted: 1/1 and 2/3.
    expect(averagePrecision(scored([9, 7], [8, 1]))).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });
});

it('finds the score that a share of all exceeds', () => {
  const scores = Array.from({ length: 100 }, (_, index) => index);
  expect(scoreExceededBy(0.05, scores)).toBe(94);
  expect(scores.filter((score) => score > 94)).toHaveLength(5);
});
