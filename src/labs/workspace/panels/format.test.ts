import { expect, test } from 'vitest';
import {
  formatAge,
  formatClock,
  formatCount,
  formatLatency,
  formatRate,
  formatSeconds,
} from './format.ts';

test('durations lose digits as they grow', () => {
  expect([800, 9940, 12_400, 125_000, 119_700].map(formatSeconds)).toEqual([
    '0.8 s',
    '9.9 s',
    '12 s',
    '2 min 05 s',
    '2 min 00 s',
  ]);
});

test('a latency without an answer is said in words', () => {
  expect([0.421, 8.06, 312.4, 2431, Infinity].map(formatLatency)).toEqual([
    '0.42 ms',
    '8.1 ms',
    '312 ms',
    '2.4 s',
    'no answer',
  ]);
});

test('rates, ages and counts read as an operator writes them', () => {
  expect([0, 0.5, 9.84, 140.3].map(formatRate)).toEqual(['0', '0.5', '9.8', '140']);
  expect([-5, 119_000, 240_000, 7_300_000].map(formatAge)).toEqual(['0s', '119s', '4m', '2h']);
  expect(formatCount(1, 'request')).toBe('1 request');
  expect(formatCount(1204, 'request')).toBe('1,204 requests');
});

test('a clock shows milliseconds only when asked', () => {
  const at = new Date(2026, 10, 23, 4, 3, 7, 41).getTime();
  expect(formatClock(at)).toBe('04:03:07');
  expect(formatClock(at, true)).toBe('04:03:07.041');
});
