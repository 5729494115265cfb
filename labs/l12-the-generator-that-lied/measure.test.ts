import { describe, expect, test } from 'vitest';
import { measure, type Call, type Settings, type Test } from './start/measure.ts';
import { runTest, type Tester } from './start/run-test.ts';
import { arrive as closedLoop } from './start/arrivals.ts';

const none = { at: 0, length: 0 };
const order: Test = {
  rate: 100,
  seconds: 100,
  stall: { at: 50, length: 10 },
  pause: none,
  seed: 1,
};
const honest: Settings = {
  latencyFrom: 'scheduled',
  timeoutSeconds: 30,
  timeouts: 'counted',
  maxInFlight: 'unlimited',
};
const onSchedule: readonly Call[] = Array.from({ length: 10_000 }, (_, n) => ({
  due: n * 10,
  at: n * 10,
}));

describe('the measurement', () => {
  test('of a 10 s stall in 100 s is p99 9.0 s in an open loop', () => {
    const report = measure(onSchedule, order, honest);
    expect(report).toMatchObject({ sent: 10_000, sentInStall: 1000, failed: 0, p50: 1 });
    expect(report.p99 / 1000).toBeCloseTo(9.0, 1);
    expect(report.max).toBe(10_001);
  });

  test('counts a request without an answer as slower than all others', () => {
    const outage = { ...order, stall: { at: 50, length: 40 } };
    expect(measure(onSchedule, outage, honest)).toMatchObject({ failed: 1001, p99: Infinity });
    const dropped = measure(onSchedule, outage, { ...honest, timeouts: 'dropped' });
    expect(dropped).toMatchObject({ failed: 0, counted: 8999 });
  });

  test('holds what is over the cap back, and counts its wait from the due time', () => {
    const capped = measure(onSchedule, order, { ...honest, maxInFlight: 50 });
    expect(capped.sentInStall).toBe(50);
    expect(capped.max).toBeGreaterThan(9000);
    const hidden = measure(onSchedule, order, {
      ...honest,
      maxInFlight: 50,
      latencyFrom: 'sent',
    });
    expect(hidden.p99).toBe(1);
  });
});

describe('the tester', () => {
  test('in a closed loop sends 9,000 requests and says 1 ms', async () => {
    const { calls, trouble } = await runTest(order, honest, closedLoop);
    const report = measure(calls, order, honest);
    expect(trouble).toBeNull();
    expect(Math.abs(report.sent - 9001)).toBeLessThan(5);
    expect(report).toMatchObject({ sentInStall: 1, p99: 1 });
  });

  test('says what is wrong with a function that does not end, throws, or floods', async () => {
    const troubleOf = async (arrive: (tester: Tester) => Promise<void>) =>
      (await runTest(order, honest, arrive)).trouble;
    expect(await troubleOf(() => new Promise(() => {}))).toMatch(/did not come to its end/);
    expect(
      await troubleOf(async ({ clock }) => {
        for (;;) await clock.until(clock.now() + 10);
      }),
    ).toMatch(/did not come to its end/);
    expect(
      await troubleOf(async ({ send }) => {
        for (;;) void send(0);
      }),
    ).toMatch(/40000 requests were sent, 4 times the order/);
    expect(await troubleOf(() => Promise.reject(new Error('no')))).toMatch(/threw: Error: no/);
    expect(await troubleOf(async ({ send }) => void send(NaN))).toMatch(/NaN as the due time/);
  });

  test('gives the same calls for the same seed', async () => {
    const random = async ({ random: draw, clock, send }: Tester): Promise<void> => {
      for (let n = 0; n < 50; n += 1) {
        await clock.until(clock.now() + draw() * 100);
        void send(clock.now());
      }
    };
    expect(await runTest(order, honest, random)).toEqual(await runTest(order, honest, random));
  });
});
