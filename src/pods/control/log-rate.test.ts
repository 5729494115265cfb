import { expect, test } from 'vitest';
import { LogRate } from './log-rate.ts';

const limits = { linesPerSecond: 10, bytesPerSecond: 100, lineBytes: 20 };

test('what is over the rate is dropped, counted, and told with the next line', () => {
  let now = 0;
  const rate = new LogRate(limits, () => now);
  const admitted = Array.from({ length: 30 }, () => rate.admit('x')).filter(
    (line) => line !== null,
  );
  expect(admitted).toHaveLength(10);
  now = 1000;
  expect(rate.admit('y')).toEqual({ text: 'y', dropped: 20 });
  expect(rate.takeDropped()).toBe(0);
});

test('bytes count too', () => {
  const rate = new LogRate(limits, () => 0);
  const admitted = Array.from({ length: 10 }, () => rate.admit('x'.repeat(20)));
  expect(admitted.filter((line) => line !== null)).toHaveLength(5);
});

test('a long line is cut and says how long it was', () => {
  const rate = new LogRate(limits, () => 0);
  expect(rate.admit('x'.repeat(5000))?.text).toBe(`${'x'.repeat(20)}… (5000 characters)`);
});
