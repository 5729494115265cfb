import { expect, it } from 'vitest';
import { linearScale } from './chart-scale.ts';

it('widens a range to round numbers and labels them', () => {
  const scale = linearScale([0.798, 0.8263], [100, 0]);
  expect(scale.ticks).toEqual([0.79, 0.8, 0.81, 0.82, 0.83]);
  expect(scale.at(0.79)).toBeCloseTo(100);
  expect(scale.at(0.83)).toBeCloseTo(0);
});

it('starts at zero where the range does', () => {
  expect(linearScale([0, 287_510], [0, 400]).ticks).toEqual([0, 100_000, 200_000, 300_000]);
});

it('keeps a range without width usable', () => {
  const scale = linearScale([5, 5], [0, 10]);
  expect(Number.isFinite(scale.at(5))).toBe(true);
});
