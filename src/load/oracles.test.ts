import { describe, expect, test } from 'vitest';
import { createHistogram } from './histogram.ts';
import type { Send } from './send.ts';
import {
  OK,
  clockForTest,
  exponential,
  never,
  planFor,
  runVirtually,
  singleServer,
  stallingServer,
} from './stub-target.ts';

describe('coordinated omission', () => {
  const stall = planFor({
    arrivals: { process: 'constant', rate: 100 },
    durationSeconds: 100,
    warmupSeconds: 10,
  });

  test('does not happen: a 10 s stall is seen by every request that was due in it', async () => {
    const clock = clockForTest();
    const { report } = await runVirtually(stall, stallingServer(clock), clock);
    expect(report.latency?.count).toBe(9000);
    expect((report.latency?.p90 ?? 0) / 1000).toBeCloseTo(1.0, 1);
    expect(Math.abs((report.latency?.p99 ?? 0) / 1000 - 9.1)).toBeLessThan(0.1);
    expect(Math.abs((report.latency?.p999 ?? 0) / 1000 - 9.91)).toBeLessThan(0.1);
    expect(report.warmup).toMatchObject({ rule: 'seconds', until: 10_000, sent: 1000, failed: 0 });
  });

  test('a closed loop on the same server would have said 1 ms', async () => {
    const clock = clockForTest();
    const send = stallingServer(clock);
    const latencies = createHistogram();
    await clock.run(
      (async () => {
        for (
          let due = 0;
          due < 100_000;
          due = Math.max(due + 10, Math.ceil(clock.now() / 10) * 10)
        ) {
          await clock.waitUntil(due, never);
          const sentAt = clock.now();
          await send(null, never, { body: -1, tenant: null, key: null });
          latencies.record(clock.now() - sentAt);
        }
      })(),
    );
    expect(Math.abs(latencies.answered - 9002)).toBeLessThanOrEqual(2);
    expect(latencies.percentile(99)).toBeCloseTo(1, 2);
  });
});

describe('M/M/1', () => {
  test('rho .5: the mean is 2 S within 8 % at n = 20,000', async () => {
    const clock = clockForTest();
    const plan = planFor({
      arrivals: { process: 'poisson', rate: 50 },
      durationSeconds: 3600,
      maxArrivals: 20_000,
    });
    const { report } = await runVirtually(plan, singleServer(clock, exponential(10, 1)), clock);
    expect(Math.abs((report.latency?.mean ?? 0) / 20 - 1)).toBeLessThan(0.08);
  });

  test(
    'rho .8: mean 5 S within 5 %, p99 23.03 S within 8 % at n = 200,000',
    { timeout: 60_000 },
    async () => {
      const clock = clockForTest();
      const plan = planFor({
        arrivals: { process: 'poisson', rate: 80 },
        durationSeconds: 3600,
        maxArrivals: 200_000,
      });
      const { report, results } = await runVirtually(
        plan,
        singleServer(clock, exponential(10, 2)),
        clock,
      );
      expect(Math.abs((report.latency?.mean ?? 0) / 50 - 1)).toBeLessThan(0.05);
      expect(Math.abs((report.latency?.p99 ?? 0) / 230.3 - 1)).toBeLessThan(0.08);
      expect(results).toHaveLength(200_000);
    },
  );
});

test("Little's law holds exactly over a whole drained run", async () => {
  const clock = clockForTest();
  const { results } = await runVirtually(
    planFor({}),
    singleServer(clock, exponential(8, 3)),
    clock,
  );
  const events = results.flatMap(({ sentAt, endedAt }) => [
    { at: sentAt, step: 1 },
    { at: endedAt, step: -1 },
  ]);
  let [inFlight, area, last] = [0, 0, 0];
  for (const { at, step } of events.toSorted((a, b) => a.at - b.at)) {
    area += inFlight * (at - last);
    inFlight += step;
    last = at;
  }
  const waited = results.reduce((sum, result) => sum + result.endedAt - result.scheduledAt, 0);
  expect(inFlight).toBe(0);
  expect(area / waited).toBeCloseTo(1, 9);
});

describe('overload', () => {
  test('at rho 1.2 the rate is kept and the queue grows in a line', async () => {
    const clock = clockForTest();
    const plan = planFor({ arrivals: { process: 'poisson', rate: 120 }, durationSeconds: 120 });
    const { report } = await runVirtually(
      plan,
      singleServer(clock, () => 10),
      clock,
    );
    expect(Math.abs(report.sentRate / report.offeredRate - 1)).toBeLessThan(0.01);
    expect(report.achievedRate).toBeCloseTo(100, 0);
    const queueAt = (second: number) =>
      report.samples.find((sample) => sample.at >= second * 1000)?.inFlight ?? 0;
    expect(Math.abs(queueAt(60) / (60 * 20) - 1)).toBeLessThan(0.15);
    expect(queueAt(120) / queueAt(60)).toBeCloseTo(2, 0);
  });

  test('has no hidden cap: everything due during a stall is in flight at once', async () => {
    const clock = clockForTest();
    let [inFlight, most] = [0, 0];
    const send: Send = async (_, signal) => {
      most = Math.max(most, ++inFlight);
      await clock.waitUntil(20_000, signal);
      inFlight -= 1;
      return OK;
    };
    const { results } = await runVirtually(planFor({}), send, clock);
    expect(most).toBe(results.length);
  });
});
