import { expect, test } from 'vitest';
import { scenario, simulateRestart } from './restart-simulation.ts';

const without = simulateRestart(false);
const withProbe = simulateRestart(true);

test('both pictures show the same arrivals', () => {
  expect(withProbe.map(({ at }) => at)).toEqual(without.map(({ at }) => at));
});

test('a readiness probe leaves no request unanswered', () => {
  expect(withProbe.filter(({ latency }) => latency === null)).toEqual([]);
});

test('without one, about half of the requests fail while the new pod loads, and no others', () => {
  const failed = without.filter(({ latency }) => latency === null);
  const end = scenario.restartAtMs + scenario.loadMs;
  const during = without.filter(({ at }) => at >= scenario.restartAtMs && at < end);
  expect(failed.length / during.length).toBeGreaterThan(0.45);
  expect(failed.length / during.length).toBeLessThan(0.55);
  expect(failed.every(({ at }) => at >= scenario.restartAtMs && at < end)).toBe(true);
});

test('the pod that is left pays with a longer queue', () => {
  const mean = (requests: typeof withProbe) => {
    const loading = requests.filter(({ at }) => at > 2200 && at < 3800);
    const latencies = loading.flatMap(({ latency }) => latency ?? []);
    return latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
  };
  expect(mean(withProbe)).toBeGreaterThan(mean(without) * 1.3);
});
