import { expect, test } from 'vitest';
import { latencies, loopArrivals, poissonArrivals, serveInOrder } from './single-server.ts';

test('a loop never waits', () => {
  const served = serveInOrder(loopArrivals(20, 3), 3);
  expect(latencies(served)).toEqual(Array.from({ length: 20 }, () => 3));
});

test('the mean latency of a long run is that of the M/D/1 queue', () => {
  const utilisation = 0.6;
  const found = latencies(serveInOrder(poissonArrivals(200, 400_000, 7), 3));
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const expected = 3 * (1 + utilisation / (2 * (1 - utilisation)));
  expect(Math.abs(mean - expected) / expected).toBeLessThan(0.02);
});

test('the same seed gives the same arrivals', () => {
  expect(poissonArrivals(200, 50, 3)).toEqual(poissonArrivals(200, 50, 3));
  expect(poissonArrivals(200, 50, 3)).not.toEqual(poissonArrivals(200, 50, 4));
});
