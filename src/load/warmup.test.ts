import { expect, test } from 'vitest';
import type { Send } from './send.ts';
import { OK, clockForTest, planFor, runVirtually } from './stub-target.ts';
import { createExponentialDraw } from './draw.ts';
import { createRandom } from './random.ts';

/** Slow until `warmAt`, then 10 ms, with some noise. */
function warmingUp(clock: ReturnType<typeof clockForTest>, warmAt: number): Send {
  const noise = createExponentialDraw(createRandom(9));
  return async (_, signal) => {
    const base = clock.now() < warmAt ? 10 + (warmAt - clock.now()) / 10 : 10;
    await clock.waitUntil(clock.now() + base + noise(), signal);
    return OK;
  };
}

const plan = (changes: object) =>
  planFor({ arrivals: { process: 'constant', rate: 50 }, durationSeconds: 40, ...changes });

test('steady finds where the slow beginning ends, and leaves it out', async () => {
  const clock = clockForTest();
  const { report } = await runVirtually(
    plan({ warmupRule: 'steady' }),
    warmingUp(clock, 4000),
    clock,
  );
  expect(report.warmup).toMatchObject({ rule: 'steady', isSteady: true });
  expect(Math.abs(report.warmup.until - 4000)).toBeLessThan(400);
  expect(report.latency?.p99).toBeLessThan(20);
  expect(report.warmup.sent + (report.latency?.count ?? 0)).toBe(2000);
});

test('steady leaves out next to nothing of a run that is steady from its first request', async () => {
  const clock = clockForTest();
  const { report } = await runVirtually(plan({ warmupRule: 'steady' }), warmingUp(clock, 0), clock);
  expect(report.warmup.isSteady).toBe(true);
  expect(report.warmup.until).toBeLessThan(10_000);
});

test('a run that never becomes steady says so', async () => {
  const clock = clockForTest();
  const { report } = await runVirtually(
    plan({ warmupRule: 'steady' }),
    warmingUp(clock, 60_000),
    clock,
  );
  expect(report.warmup.isSteady).toBe(false);
});

test('the rule of a tenth leaves out the first tenth of the time', async () => {
  const { report, results } = await runVirtually(
    plan({ warmupRule: 'tenth' }),
    async () => OK,
    clockForTest(),
  );
  expect(report.warmup).toEqual({
    rule: 'tenth',
    until: 4000,
    sent: 200,
    failed: 0,
    isSteady: true,
  });
  expect(results.filter(({ warmup }) => warmup)).toHaveLength(200);
  expect(report.latency?.count).toBe(1800);
});
