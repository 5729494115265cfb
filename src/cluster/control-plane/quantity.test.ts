import { expect, test } from 'vitest';
import { parseMemory } from './quantity.ts';

test('memory quantities are bytes, in powers of two or of ten', () => {
  expect(['128Mi', '1Gi', '500M', '1.5Gi', '64Ki', '1000'].map(parseMemory)).toEqual([
    134217728, 1073741824, 500000000, 1610612736, 65536, 1000,
  ]);
});

test('what is not a quantity is null', () => {
  expect(['', '128MB', 'much', '-1Gi'].map(parseMemory)).toEqual([null, null, null, null]);
  expect(parseMemory(undefined)).toBeNull();
});
