import { expect, test } from 'vitest';
import { formatAge, formatSpan } from './age.ts';

test('spans are shortened as kubectl does, with a second unit while it matters', () => {
  const seconds = [
    0, 119, 120, 200, 599, 600, 10_799, 10_800, 18_600, 28_800, 172_800, 180_000, 691_200,
  ];
  expect(seconds.map((second) => formatSpan(second * 1000))).toEqual([
    '0s',
    '119s',
    '2m',
    '3m20s',
    '9m59s',
    '10m',
    '179m',
    '3h',
    '5h10m',
    '8h',
    '2d',
    '2d2h',
    '8d',
  ]);
});

test('an object without a creation time has an unknown age', () => {
  expect(formatAge(undefined)).toBe('<unknown>');
  expect(formatAge(new Date(1000), 6000)).toBe('5s');
});
