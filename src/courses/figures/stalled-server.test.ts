import { expect, test } from 'vitest';
import { closedLoop, openLoop, type Measured } from './stalled-server.ts';

const p99 = (all: readonly Measured[]): number =>
  all.map(({ latency }) => latency).toSorted((a, b) => a - b)[Math.ceil(0.99 * all.length) - 1] ??
  NaN;

test('the loop that waits sends 9,000 requests and says 1 ms', () => {
  expect(Math.abs(closedLoop().length - 9001)).toBeLessThanOrEqual(2);
  expect(p99(closedLoop())).toBeCloseTo(0.001, 6);
});

test('the open loop sends 10,000 and says 9.0 s', () => {
  expect(openLoop()).toHaveLength(10_000);
  expect(p99(openLoop())).toBeCloseTo(9.0, 1);
});
