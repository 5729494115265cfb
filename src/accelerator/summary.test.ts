import { expect, it } from 'vitest';
import { summarise } from './summary.ts';

it('leaves a sample far outside the middle half out of the figure and names it', () => {
  const { median, outliers, isUnstable } = summarise([10, 10.1, 9.9, 10, 10.2, 3, 9.8, 10, 10.1]);
  expect(outliers).toEqual([3]);
  expect(median).toBeCloseTo(10, 5);
  expect(isUnstable).toBe(false);
});

it('calls a wide middle half unstable, and a rate that falls a drift below 1', () => {
  expect(summarise([10, 6, 12, 7, 11, 5, 9, 13, 8]).isUnstable).toBe(true);
  expect(summarise([10, 10, 10, 9, 9, 9, 7, 7, 7]).drift).toBeCloseTo(0.7);
});
