import { expect, test } from 'vitest';
import { parseNumber } from './parse-number.ts';

test.each([
  ['12', 12],
  [' 0.5 ', 0.5],
  ['.5', 0.5],
  ['1,200', 1200],
  ['1,234,567.5', 1_234_567.5],
  ['1 200', 1200],
  ['2e3', 2000],
  ['-3', -3],
])('%s is a number', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each(['', 'ten', '1,5', '1.2.3', '5 ms', '0x10', 'Infinity'])(
  '"%s" is not guessed at',
  (text) => {
    expect(parseNumber(text)).toBeNull();
  },
);
