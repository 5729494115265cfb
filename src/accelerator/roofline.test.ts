import { expect, it } from 'vitest';
import { attainable, leastSeconds, ridgeOf } from './roofline.ts';

const roof = { flops: 1000, bandwidth: 100 };

it('gives memory the say left of the ridge and computing right of it', () => {
  expect(ridgeOf(roof)).toBe(10);
  expect(attainable(roof, 0.5)).toBe(50);
  expect(attainable(roof, 10)).toBe(1000);
  expect(attainable(roof, 500)).toBe(1000);
});

it('takes the longer of the two times', () => {
  expect(leastSeconds(roof, 2e9, 4e9)).toBeCloseTo(0.04);
  expect(leastSeconds(roof, 2e12, 4e9)).toBeCloseTo(2);
});
