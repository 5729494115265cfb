import { describe, expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import type { LoadSample } from './report.ts';
import { runLoad } from './run-load.ts';
import type { Send } from './send.ts';
import { OK, clockForTest, never, planFor, runVirtually } from './stub-target.ts';
import type { VirtualClock } from './virtual-clock.ts';

describe('failures', () => {
  test('are results: timeouts, resets and errors stay in the percentiles as infinite', async () => {
    const clock = clockForTest();
    let count = 0;
    const send: Send = async (_, signal) => {
      count += 1;
      if (count % 10 === 1) return new Promise(() => {});
      if (count % 10 === 2) throw new Error('connection reset');
      if (count % 10 === 3) return { ...OK, status: 503 };
      await clock.waitUntil(clock.now() + 5, signal);
      return OK;
    };
    const plan = planFor({ arrivals: { process: 'constant', rate: 100 }, timeoutSeconds: 2 });
    const { report, results } = await runVirtually(plan, send, clock);
    expect(report.outcomes).toEqual({
      ok: 700,
      'http-error': 100,
      timeout: 100,
      reset: 100,
      refused: 0,
      'unknown-host': 0,
      cancelled: 0,
    });
    expect(report.statuses).toEqual({ '200': 700, '503': 100 });
    expect(report.latency).toMatchObject({ count: 1000, p90: Infinity, max: Infinity });
    expect(report.latency?.p50).toBeCloseTo(5, 1);
    expect(results.find((result) => result.outcome === 'timeout')).toMatchObject({
      scheduledAt: 0,
      endedAt: 2000,
    });
  });

  test('leave a report without latency when nothing was sent', async () => {
    const plan = planFor({ arrivals: { process: 'poisson', rate: 0.001 } });
    const { report } = await runVirtually(plan, async () => OK, clockForTest());
    expect(report).toMatchObject({ latency: null, sendLag: null, achievedRate: 0, partial: false });
  });
});

describe('cancel', () => {
  test('keeps what was measured, aborts what is in flight and marks the report partial', async () => {
    const clock = clockForTest();
    const cancel = new AbortController();
    clock.callAt(5005, () => cancel.abort());
    const aborted: unknown[] = [];
    const send: Send = async (_, signal) => {
      signal.addEventListener('abort', () => aborted.push(signal.reason));
      await clock.waitUntil(clock.now() + 100, signal);
      return OK;
    };
    const plan = planFor({ arrivals: { process: 'constant', rate: 100 } });
    const { report } = await runVirtually(plan, send, clock, { signal: cancel.signal });
    expect(report.partial).toBe(true);
    expect(report.outcomes).toMatchObject({ ok: 491, cancelled: 10 });
    expect(report.latency?.count).toBe(491);
    expect(aborted).toHaveLength(10);
    expect(clock.now()).toBe(5005);
  });
});

describe('guards', () => {
  const lateClock = (base: VirtualClock, late: number): Clock => ({
    ...base,
    waitUntil: (at, signal) => base.waitUntil(at + late, signal),
  });

  test('a generator that is late invalidates its run and says so', async () => {
    const base = clockForTest();
    const clock = lateClock(base, 8);
    const { report } = await base.run(
      runLoad(planFor({}), async () => OK, clock, { signal: never }),
    );
    expect(report.sendLag?.p50).toBeCloseTo(8, 1);
    expect(report.validity).toMatchInlineSnapshot(`
      {
        "reason": "The generator could not keep its schedule: 99 % of the sends were up to 8.0 ms late, and more than 5.0 ms would distort the latencies. Lower the rate or close what else is running.",
        "valid": false,
      }
    `);
  });

  test('the same lag is small beside a service of 400 ms', async () => {
    const base = clockForTest();
    const send: Send = async (_, signal) => {
      await base.waitUntil(base.now() + 400, signal);
      return OK;
    };
    const { report } = await base.run(
      runLoad(planFor({}), send, lateClock(base, 8), { signal: never }),
    );
    expect(report.validity).toEqual({ valid: true });
  });

  test('latency counts from the scheduled time, so a late send shows in it', async () => {
    const base = clockForTest();
    const { report } = await base.run(
      runLoad(planFor({}), async () => OK, lateClock(base, 8), { signal: never }),
    );
    expect(report.latency?.p50).toBeCloseTo(8, 1);
  });

  test('a tab that was hidden invalidates the run', async () => {
    const clock = clockForTest();
    const { report } = await runVirtually(planFor({}), async () => OK, clock, {
      hidden: AbortSignal.abort(),
    });
    expect(report.validity).toMatchObject({
      valid: false,
      reason: expect.stringContaining('hidden') as string,
    });
  });
});

test('live samples add up to the run', async () => {
  const clock = clockForTest();
  const live: LoadSample[] = [];
  const pods = ['triage-a', 'triage-b'];
  let turn = 0;
  const send: Send = async (_, signal) => {
    const pod = pods[turn++ % 2] ?? null;
    await clock.waitUntil(clock.now() + 3, signal);
    return { ...OK, pod };
  };
  const { report } = await runVirtually(planFor({}), send, clock, {
    onSample: (sample) => live.push(sample),
  });
  expect(live).toEqual(report.samples);
  expect(live).toHaveLength(40);
  const total = (pick: (sample: LoadSample) => number) =>
    live.reduce((sum, sample) => sum + pick(sample) * 0.25, 0);
  const sent = report.latency?.count ?? 0;
  expect(total((sample) => sample.offered)).toBeCloseTo(sent, 6);
  expect(total((sample) => sample.completed)).toBeGreaterThan(sent - 5);
  expect(report.podShare['triage-a']).toBeCloseTo(0.5, 2);
});
