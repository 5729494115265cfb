import { describe, expect, test } from 'vitest';
import type { SimulationReport } from './report.ts';
import { simulate } from './simulate.ts';
import { loadOf, poisson, queueScenario, SERVICE_MS } from './testing/scenarios.ts';

/** Relative distance from what theory says. */
const error = (found: number | null | undefined, expected: number): number =>
  Math.abs((found ?? NaN) / expected - 1);
/** In units of the mean service time. */
const inS = (milliseconds: number | null | undefined): number => (milliseconds ?? NaN) / SERVICE_MS;
const DETERMINISTIC = { kind: 'deterministic', ms: SERVICE_MS } as const;

describe('M/M/1', () => {
  test('rho .5: mean 2 S within 8 % at n = 20,000, percentiles of an exponential', () => {
    const { latency } = simulate(queueScenario({ rho: 0.5 }));
    expect(error(inS(latency?.mean), 2)).toBeLessThan(0.08);
    expect(error(inS(latency?.p50), 2 * Math.log(2))).toBeLessThan(0.08);
  });

  test('rho .8: mean 5 S within 5 %, p99 23.03 S within 8 % at n = 200,000', () => {
    const { latency } = simulate(queueScenario({ rho: 0.8, requests: 200_000 }));
    expect(latency?.count).toBe(200_000);
    expect(error(inS(latency?.mean), 5)).toBeLessThan(0.05);
    expect(error(inS(latency?.p99), 23.03)).toBeLessThan(0.08);
  });

  test('at almost no load latency is service: p50 and p99 of an exponential', () => {
    const { latency } = simulate(queueScenario({ rho: 0.001, requests: 200_000 }));
    expect(error(inS(latency?.p50), Math.log(2))).toBeLessThan(0.02);
    expect(error(inS(latency?.p99), Math.log(100))).toBeLessThan(0.03);
  });
});

test('M/D/1, rho .8: mean 3 S within 2 % at n = 200,000', () => {
  const { latency } = simulate(
    queueScenario({ rho: 0.8, service: DETERMINISTIC, requests: 200_000 }),
  );
  expect(error(inS(latency?.mean), 3)).toBeLessThan(0.02);
});

describe('M/M/c, rho .8, n = 200,000: Erlang C', () => {
  test.each([
    [2, 2.7778],
    [4, 1.7455],
  ])('c = %i: mean %f S within 3 %%', (servers, expected) => {
    const { latency } = simulate(queueScenario({ rho: 0.8, servers, requests: 200_000, seed: 2 }));
    expect(error(inS(latency?.mean), expected)).toBeLessThan(0.03);
  });
});

test('an M/G/1 with replayed service times follows Pollaczek and Khinchine', () => {
  const samplesMs = [4, 6, 8, 12, 20];
  const { latency } = simulate(
    queueScenario({ rho: 0.7, service: { kind: 'empirical', samplesMs }, requests: 200_000 }),
  );
  const second = samplesMs.reduce((sum, ms) => sum + ms * ms, 0) / samplesMs.length;
  const wait = (0.7 * second) / SERVICE_MS / (2 * (1 - 0.7));
  expect(error(latency?.mean, SERVICE_MS + wait)).toBeLessThan(0.03);
});

describe('overload, rho 1.2', () => {
  const report = simulate(
    queueScenario(
      { rho: 1.2, service: DETERMINISTIC },
      { arrivals: poisson([loadOf(1.2, 120)]), endsAtMs: 120_000 },
    ),
  );

  test('the offered rate is kept within 1 % of what was asked for, and capacity is what is served', () => {
    expect(error(report.offeredRate, 120)).toBeLessThan(0.02);
    expect(error(report.achievedRate, 100)).toBeLessThan(0.01);
    expect(report.partial).toBe(true);
  });

  test('the queue grows in a line', () => {
    const queueAt = (second: number): number =>
      report.samples.find(({ at }) => at >= second * 1000)?.inFlight ?? 0;
    expect(error(queueAt(60), 60 * 20)).toBeLessThan(0.15);
    expect(error(queueAt(120), 2 * queueAt(60))).toBeLessThan(0.25);
  });

  test('a limit on the queue bounds latency and sheds what is too much', () => {
    const limited = simulate(
      queueScenario({ rho: 1.2, service: DETERMINISTIC, requests: 50_000, queueLimit: 5 }),
    );
    const { ok, shed } = limited.outcomes;
    expect(error(ok / (ok + shed), 1 / 1.2)).toBeLessThan(0.03);
    const answered = limited.samples.flatMap(({ p50 }) =>
      p50 === null || p50 === Infinity ? [] : [p50],
    );
    expect(Math.max(...answered)).toBeLessThanOrEqual(6 * SERVICE_MS + 0.1);
    expect(limited.latency?.p99).toBe(Infinity);
  });
});

describe("Little's law", () => {
  const holds = ({ little }: SimulationReport): number =>
    Math.abs(little.inSystem / little.rateTimesStay - 1);

  test('is exact over a run that ends empty, whatever happens in it', () => {
    expect(holds(simulate(queueScenario({ rho: 0.9 })))).toBeLessThan(1e-9);
    const troubled = queueScenario(
      { rho: 0.7, replicas: 3, queueLimit: 4 },
      {
        timeoutMs: 60,
        retry: { maxAttempts: 3, perTryTimeoutMs: 30, backoffBaseMs: 5, jitter: 'full' },
        faults: [
          { kind: 'kill', atMs: 5_000, pod: 1 },
          { kind: 'slowdown', fromMs: 9_000, untilMs: 12_000, factor: 5 },
          { kind: 'errors', fromMs: 0, untilMs: 90_000, share: 0.02 },
        ],
      },
    );
    const report = simulate(troubled);
    expect(report.outcomes.timeout).toBeGreaterThan(10);
    expect(report.partial).toBe(false);
    expect(holds(report)).toBeLessThan(1e-9);
  });
});

describe('replay', () => {
  const scenario = queueScenario(
    { rho: 0.8, replicas: 3 },
    {
      route: { kind: 'power-of-two' },
      retry: { maxAttempts: 3, jitter: 'full', backoffBaseMs: 5 },
      timeoutMs: 80,
    },
  );

  test('the same scenario gives the same report, byte by byte', () => {
    expect(JSON.stringify(simulate(scenario))).toBe(JSON.stringify(simulate(scenario)));
  });

  test('another seed gives another', () => {
    const other = simulate({ ...scenario, seed: 2 });
    expect(other.latency?.mean).not.toBe(simulate(scenario).latency?.mean);
  });

  test('two policies meet the same requests', () => {
    const alone = (kind: 'random' | 'round-robin') =>
      simulate(queueScenario({ rho: 0.0001, replicas: 3, requests: 2000 }, { route: { kind } }));
    expect(alone('random').latency).toEqual(alone('round-robin').latency);
  });
});
