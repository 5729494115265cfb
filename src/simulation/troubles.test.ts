import { describe, expect, test } from 'vitest';
import type { ScenarioInput } from './scenario.ts';
import { simulate } from './simulate.ts';
import { loadOf, poisson, queueScenario, SERVICE_MS } from './testing/scenarios.ts';

const DETERMINISTIC = { kind: 'deterministic', ms: SERVICE_MS } as const;
type Retry = NonNullable<ScenarioInput['retry']>;

describe('one slow node', () => {
  const p99 = (kind: 'round-robin' | 'random' | 'power-of-two' | 'least-request') => {
    const service = { kind: 'lognormal', meanMs: SERVICE_MS, cv: 0.3 } as const;
    const scenario = queueScenario({ rho: 0.55, replicas: 4, requests: 3_000, service });
    const [pool] = scenario.pools;
    if (!pool) throw new Error('The scenario has no pool.');
    const pools = [{ ...pool, factors: [1, 1, 4, 1] }];
    return (simulate({ ...scenario, pools, route: { kind } }).latency?.p99 ?? 0) / SERVICE_MS;
  };

  test('ruins policies that do not look, and not those that do', () => {
    expect(p99('round-robin')).toBeGreaterThan(100);
    expect(p99('random')).toBeGreaterThan(100);
    expect(p99('power-of-two')).toBeLessThan(20);
    expect(p99('least-request')).toBeLessThan(20);
  });

  test('gets little with weights that know of it', () => {
    const scenario = queueScenario({ rho: 0.55, replicas: 4, requests: 10_000 });
    const route = { kind: 'weighted', weights: { 'triage-2': 0.1 } } as const;
    const { podShare } = simulate({ ...scenario, route });
    expect(podShare['triage-2']).toBeCloseTo(0.1 / 3.1, 2);
  });
});

describe('a brown-out with retries', () => {
  // Half a minute in which everything takes three times as long, at 60 % of capacity.
  const brownOut = (retry: Retry | null) =>
    simulate(
      queueScenario(
        { rho: 0.6, service: DETERMINISTIC, seed: 3 },
        {
          arrivals: poisson([loadOf(0.6, 120)]),
          faults: [{ kind: 'slowdown', fromMs: 30_000, untilMs: 60_000, factor: 3 }],
          timeoutMs: 3_000,
          retry,
          slo: { latencyMs: 1_000 },
        },
      ),
    );
  const storm = { maxAttempts: 4, perTryTimeoutMs: 250 } as const;

  test('becomes a storm that outlives it: every try costs work that nobody waits for', () => {
    const { amplification, samples } = brownOut(storm);
    expect(amplification).toBeGreaterThan(2);
    const late = samples.filter(({ at }) => at > 80_000 && at < 110_000);
    expect(Math.max(...late.map(({ good }) => good ?? 0))).toBeLessThan(0.5);
  });

  test('ends with a budget: attempts stay within its ratio, and goodput comes back', () => {
    const budget = { ratio: 0.1, burst: 10 };
    const report = brownOut({ ...storm, jitter: 'full', backoffBaseMs: 100, budget });
    expect(report.amplification).toBeLessThanOrEqual(1.1 + 10 / (60 * 120));
    expect(report.amplification).toBeGreaterThan(1.01);
    const late = report.samples.filter(({ at }) => at > 100_000 && at < 115_000);
    expect(Math.min(...late.map(({ good }) => good ?? 0))).toBeGreaterThan(0.95);
  });

  test('a retry heals what is short: 2 % of errors become 0.0008 %', () => {
    const blips = (retry: Retry | null) => {
      const faults = [{ kind: 'errors', fromMs: 0, untilMs: 1e9, share: 0.02 }] as const;
      const scenario = queueScenario({ rho: 0.5, requests: 50_000 }, { retry });
      const { outcomes } = simulate({ ...scenario, faults: [...faults] });
      return outcomes.ok / 50_000;
    };
    expect(Math.abs(blips(null) - 0.98)).toBeLessThan(0.003);
    expect(blips({ maxAttempts: 3 })).toBeGreaterThan(0.9998);
  });

  test('back-off doubles, and jitter spreads it', () => {
    const scenario = queueScenario(
      { rho: 0.1, requests: 1 },
      {
        faults: [{ kind: 'errors', fromMs: 0, untilMs: 700, share: 1 }],
        arrivals: { kind: 'schedule', at: Float64Array.of(0) },
        work: { kind: 'time', service: DETERMINISTIC },
        retry: { maxAttempts: 9, backoffBaseMs: 100 },
      },
    );
    // Tries at 0, 100, 300 and 700 ms: the last one finds the fault gone.
    expect(simulate(scenario).latency?.mean).toBe(710);
  });
});

describe('a killed pod', () => {
  const scenario = queueScenario(
    { rho: 0.7, replicas: 2 },
    { faults: [{ kind: 'kill', atMs: 20_000, pod: 0 }] },
  );
  const withColdStart = (changes: object): ScenarioInput => ({
    ...scenario,
    pools: scenario.pools.map((pool) => ({ ...pool, coldStartMs: 4_500, ...changes })),
  });
  const readyAt = (input: ScenarioInput, ms: number) =>
    simulate(input).samples.find(({ at }) => at === ms)?.ready;

  test('loses what was in it, and its Deployment makes another', () => {
    const { outcomes, podShare } = simulate(scenario);
    expect(outcomes.reset).toBeGreaterThan(0);
    expect(Object.keys(podShare)).toEqual(
      expect.arrayContaining(['triage-0', 'triage-1', 'triage-2']),
    );
  });

  test('comes back with the first probe after its cold start', () => {
    const probed = withColdStart({ readiness: { initialDelayMs: 2_000, periodMs: 2_000 } });
    expect(readyAt(probed, 25_000)).toBe(1);
    expect(readyAt(probed, 27_000)).toBe(2);
  });

  test('refuses connections until it is up when nothing probes it', () => {
    const unprobed = simulate(withColdStart({ readiness: null }));
    const probed = simulate(withColdStart({}));
    expect(readyAt(withColdStart({ readiness: null }), 21_000)).toBe(2);
    expect(unprobed.outcomes.reset).toBeGreaterThan(probed.outcomes.reset + 100);
  });
});

describe('time limits', () => {
  test("are the client's, from the moment that a request was due", () => {
    const report = simulate(
      queueScenario(
        { rho: 2, service: DETERMINISTIC },
        { arrivals: poisson([loadOf(2, 30)]), timeoutMs: 500 },
      ),
    );
    expect(report.outcomes.timeout).toBeGreaterThan(1_000);
    expect(report.latency?.p99).toBe(Infinity);
    expect(report.latency?.p50 === Infinity || (report.latency?.p50 ?? 0) <= 500.5).toBe(true);
  });

  test('waste less when the server drops what nobody waits for', () => {
    const overload = (abandoned: 'served' | 'dropped') => {
      const scenario = queueScenario(
        { rho: 1.3, service: DETERMINISTIC },
        { arrivals: poisson([loadOf(1.3, 60)]), timeoutMs: 400 },
      );
      const pools = scenario.pools.map((pool) => ({
        ...pool,
        server: { kind: 'queue', abandoned } as const,
      }));
      return simulate({ ...scenario, pools }).outcomes.ok;
    };
    expect(overload('dropped')).toBeGreaterThan(4 * overload('served'));
  });
});

test('an overhead delays answers and takes no capacity', () => {
  const scenario = queueScenario({ rho: 0.8, service: DETERMINISTIC });
  const pools = scenario.pools.map((pool) => ({ ...pool, overheadMs: 5 }));
  const [near, far] = [simulate(scenario), simulate({ ...scenario, pools })];
  expect((far.latency?.mean ?? 0) - (near.latency?.mean ?? 0)).toBeCloseTo(5, 6);
  expect(far.outcomes.ok).toBe(near.outcomes.ok);
});

describe('bad input is refused with the field and the repair', () => {
  const refusal = (changes: Partial<ScenarioInput>): string => {
    try {
      simulate({ ...queueScenario({ rho: 0.5 }), ...changes });
      return 'accepted';
    } catch (error) {
      return String(error);
    }
  };

  test.each([
    [{ arrivals: poisson([{ ratePerSecond: 0, durationMs: 1 }]) }, /A rate of 0 or less/],
    [{ arrivals: poisson([{ ratePerSecond: 5, durationMs: null }]) }, /The arrivals never end/],
    [{ slo: {} }, /An SLO needs a metric/],
    [
      { work: { kind: 'time' as const, service: { kind: 'empirical' as const, samplesMs: [] } } },
      /says nothing/,
    ],
  ])('%j', (changes, message) => {
    expect(refusal(changes)).toMatch(message);
  });
});
