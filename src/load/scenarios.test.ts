import { describe, expect, test } from 'vitest';
import { SendFailed, type Send } from './send.ts';
import {
  OK,
  clockForTest,
  exponential,
  planFor,
  runVirtually,
  singleServer,
  stallingServer,
} from './stub-target.ts';
import type { VirtualClock } from './virtual-clock.ts';

const fixed =
  (clock: VirtualClock, milliseconds: number): Send =>
  async (_, signal) => {
    await clock.waitUntil(clock.now() + milliseconds, signal);
    return OK;
  };

describe('the scenarios of MLPerf', () => {
  test('single-stream sends the next when the last has ended, and reports p90', async () => {
    const clock = clockForTest();
    const plan = planFor({ arrivals: { process: 'single-stream' } });
    const { report, results } = await runVirtually(plan, fixed(clock, 20), clock);
    expect(results).toHaveLength(500);
    expect(report).toMatchObject({ loop: 'closed', mostInFlight: 1 });
    expect(report.scenario).toMatchObject({ metric: 'p90 latency, ms' });
    expect(report.scenario?.value).toBeCloseTo(20, 1);
  });

  test('single-stream hides a stall that the open loop sees: p99 1 ms against 9.10 s', async () => {
    const base = { durationSeconds: 100, warmupSeconds: 10, timeoutSeconds: 600 };
    const closed = clockForTest();
    const hidden = await runVirtually(
      planFor({ ...base, arrivals: { process: 'single-stream' } }),
      stallingServer(closed),
      closed,
    );
    const open = clockForTest();
    const seen = await runVirtually(
      planFor({ ...base, arrivals: { process: 'constant', rate: 100 } }),
      stallingServer(open),
      open,
    );
    expect(hidden.report.latency?.p99).toBeCloseTo(1, 1);
    expect(Math.abs((seen.report.latency?.p99 ?? 0) / 1000 - 9.1)).toBeLessThan(0.1);
  });

  test('multi-stream sends a query of eight at once and waits for its slowest', async () => {
    const clock = clockForTest();
    let turn = 0;
    const send: Send = async (body, signal, load) =>
      fixed(clock, turn++ % 8 === 7 ? 50 : 10)(body, signal, load);
    const plan = planFor({ arrivals: { process: 'multi-stream' } });
    const { report, results } = await runVirtually(plan, send, clock);
    expect(results).toHaveLength(200 * 8);
    expect(report.mostInFlight).toBe(8);
    expect(report.scenario?.value).toBeCloseTo(50, 1);
    expect(report.latency?.p50).toBeCloseTo(10, 1);
  });

  test('server states whether the bound held', async () => {
    const run = async (rate: number) => {
      const clock = clockForTest();
      const arrivals = { process: 'server', rate };
      const plan = planFor({ arrivals, durationSeconds: 200, slo: { latencyMs: 50 } });
      return (await runVirtually(plan, singleServer(clock, exponential(5, 4)), clock)).report;
    };
    expect((await run(80)).goodput?.isMet).toBe(true);
    expect((await run(160)).goodput?.isMet).toBe(false);
  });

  test('offline sends all samples at once and reports samples per second', async () => {
    const clock = clockForTest();
    const plan = planFor({ arrivals: { process: 'offline', samples: 400 } });
    const { report } = await runVirtually(
      plan,
      singleServer(clock, () => 5),
      clock,
    );
    expect(report).toMatchObject({ mostInFlight: 400, outcomes: { ok: 400 } });
    expect(report.scenario?.value).toBeCloseTo(200, 6);
  });
});

describe('a cap on requests in flight', () => {
  test('makes requests wait in the client, and the wait counts', async () => {
    const clock = clockForTest();
    const arrivals = { process: 'constant', rate: 100 };
    const plan = planFor({ arrivals, durationSeconds: 2, maxInFlight: 1 });
    const { report, results } = await runVirtually(plan, fixed(clock, 20), clock);
    expect(report.mostInFlight).toBe(1);
    expect(results.at(-1)).toMatchObject({ scheduledAt: 1990, sentAt: 3980, endedAt: 4000 });
    expect(report.latency?.max).toBeCloseTo(2010, -1);
    expect(report.clientQueue).toMatchObject({ cap: 1, longest: 100 });
    expect(report.clientQueue?.max).toBeCloseTo(1990, -1);
    // It is the client's queue and not a late generator.
    expect(report.sendLag?.max).toBe(0);
    expect(report.validity).toEqual({ valid: true });
  });

  test('a request that is never sent for it ends as a timeout and says so', async () => {
    const clock = clockForTest();
    const arrivals = { process: 'offline', samples: 3 };
    const plan = planFor({ arrivals, maxInFlight: 1, timeoutSeconds: 2 });
    let sent = 0;
    const silent: Send = () => new Promise(() => (sent += 1));
    const { report, results } = await runVirtually(plan, silent, clock);
    expect(report.outcomes.timeout).toBe(3);
    expect(sent).toBe(1);
    expect(results.map(({ reason }) => reason)).toMatchInlineSnapshot(`
      [
        "No answer within 2 s of the scheduled time.",
        "It waited 2 s in the client's own queue, behind 1 in flight, and was never sent.",
        "It waited 2 s in the client's own queue, behind 1 in flight, and was never sent.",
      ]
    `);
  });
});

describe('failures', () => {
  const failing =
    (outcome: SendFailed['outcome'], message: string): Send =>
    async () => {
      throw new SendFailed(outcome, message);
    };

  test('are told apart, with the words of the first of each kind', async () => {
    const kinds: Send[] = [
      failing('unknown-host', 'getaddrinfo ENOTFOUND tirage.'),
      failing('refused', 'connect ECONNREFUSED triage:81.'),
      failing('reset', 'The pod is gone.'),
      async () => ({ ...OK, status: 503, pod: null, isFromGateway: true, reason: 'no endpoints' }),
      async () => ({ ...OK, status: 503, reason: 'queue full' }),
      async () => OK,
    ];
    let turn = 0;
    const send: Send = (...request) => (kinds[turn++ % kinds.length] as Send)(...request);
    const plan = planFor({ arrivals: { process: 'constant', rate: 6 } });
    const { report } = await runVirtually(plan, send, clockForTest());
    expect(report.outcomes).toMatchObject({ 'unknown-host': 10, refused: 10, reset: 10, ok: 10 });
    expect(report.errors.map(({ count, example }) => [count, example])).toEqual([
      [10, 'getaddrinfo ENOTFOUND tirage.'],
      [10, 'connect ECONNREFUSED triage:81.'],
      [10, 'The pod is gone.'],
      [10, 'no endpoints'],
      [10, 'queue full'],
    ]);
  });

  test('of every request from the first on end the run early when the plan asks for it', async () => {
    const send = failing('unknown-host', 'getaddrinfo ENOTFOUND tirage.');
    const clock = clockForTest();
    const plan = planFor({ stopWhenUnreachable: true });
    const { report, results } = await runVirtually(plan, send, clock);
    expect(report).toMatchObject({ partial: true });
    expect(report.stopped).toMatchInlineSnapshot(
      `"Nothing could be reached: the first 10 requests all failed. getaddrinfo ENOTFOUND tirage."`,
    );
    expect(results.length).toBeLessThan(15);
    expect(clock.now()).toBeLessThan(1000);
  });

  test('do not end a run in which a pod has answered, nor one that does not ask', async () => {
    let turn = 0;
    const send: Send = async () => {
      if (turn++ === 0) return OK;
      throw new SendFailed('refused', 'connect ECONNREFUSED triage:81.');
    };
    const plan = planFor({ stopWhenUnreachable: true });
    const reached = await runVirtually(plan, send, clockForTest());
    expect(reached.report).toMatchObject({ partial: false, stopped: null });
    const unasked = await runVirtually(planFor({}), failing('refused', ''), clockForTest());
    expect(unasked.report).toMatchObject({ partial: false, stopped: null });
  });
});
