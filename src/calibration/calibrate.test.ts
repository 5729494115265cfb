import { describe, expect, test } from 'vitest';
import type { Clock } from '#load/clock.ts';
import { createRandom } from '#load/random.ts';
import { createVirtualClock } from '#load/virtual-clock.ts';
import { simulate } from '#simulation/simulate.ts';
import { calibrate, type CalibrateOptions } from './calibrate.ts';
import type { Calibration } from './calibration.ts';

const never = new AbortController().signal;
const SERVICE_MS = 4;
const OVERHEAD_MS = 1;

/** One replica in virtual time: 1 ms on the way, 3 to 5 ms of service, times what `slowness` says. */
function replica(clock: Clock, slowness: (request: number) => number = () => 1) {
  const random = createRandom(1, 'service');
  let freeAt = 0;
  let requests = 0;
  return async (signal: AbortSignal): Promise<void> => {
    const takes = (SERVICE_MS - 1 + 2 * random()) * slowness(requests++);
    freeAt = Math.max(freeAt, clock.now()) + takes;
    await clock.waitUntil(freeAt + OVERHEAD_MS, signal);
    signal.throwIfAborted();
  };
}

async function run(
  slowness?: (request: number) => number,
  changes: Partial<CalibrateOptions> = {},
): Promise<Calibration> {
  const clock = createVirtualClock(() => new Promise((resolve) => setImmediate(resolve)));
  return clock.run(
    calibrate({
      ask: replica(clock, slowness),
      now: () => clock.now(),
      rest: (milliseconds) => clock.waitUntil(clock.now() + milliseconds, never),
      signal: never,
      wasHidden: () => false,
      cores: 4,
      ...changes,
    }),
  );
}

describe('a steady replica', () => {
  test('gives S, mu and what the way costs', async () => {
    const { status, serviceMs, capacity, overheadMs, attempts } = await run();
    expect({ status, attempts }).toEqual({ status: 'ok', attempts: 1 });
    expect(Math.abs(serviceMs / (SERVICE_MS + OVERHEAD_MS) - 1)).toBeLessThan(0.03);
    expect(Math.abs(capacity / (1000 / SERVICE_MS) - 1)).toBeLessThan(0.03);
    expect(Math.abs(overheadMs - OVERHEAD_MS)).toBeLessThan(0.15);
  });

  test('replayed in virtual time has the capacity and the latency that were measured', async () => {
    const { samplesMs, overheadMs, serviceMs, capacity } = await run();
    const at = (rho: number) =>
      simulate({
        seed: 1,
        arrivals: {
          kind: 'poisson',
          phases: [{ ratePerSecond: rho * capacity, durationMs: 60_000 }],
        },
        work: { kind: 'time', service: { kind: 'empirical', samplesMs: [...samplesMs] } },
        pools: [{ name: 'triage', replicas: 1, overheadMs, server: { kind: 'queue' } }],
        timeoutMs: null,
        endsAtMs: 60_000,
      });
    expect(Math.abs((at(0.02).latency?.p50 ?? 0) / serviceMs - 1)).toBeLessThan(0.03);
    expect(Math.abs(at(2).achievedRate / capacity - 1)).toBeLessThan(0.03);
  });

  test('is warm before it is measured', async () => {
    const { status, serviceMs } = await run((request) => (request < 100 ? 8 : 1));
    expect(status).toBe('ok');
    expect(serviceMs).toBeLessThan(5.5);
  });
});

describe('an unsteady one', () => {
  test('is measured again', async () => {
    const { status, attempts } = await run((request) => (request > 500 && request < 800 ? 3 : 1));
    expect({ status, attempts }).toEqual({ status: 'ok', attempts: 2 });
  });

  test('is called unstable after the third time, with reasons', async () => {
    const drifting = await run((request) => 1.001 ** request);
    expect(drifting).toMatchObject({ status: 'unstable', attempts: 3 });
    expect(drifting.reasons[0]).toMatch(/^Three measurements of the service time differ by \d+ %/);
  });

  test('says when the tab was hidden or the machine is too small', async () => {
    expect((await run(undefined, { wasHidden: () => true })).reasons[0]).toMatch(/tab was hidden/);
    expect((await run(undefined, { cores: 1 })).reasons[0]).toMatch(/1 processor core/);
  });

  test('says which request failed', async () => {
    const { status, reasons } = await run(undefined, {
      ask: () => Promise.reject(new Error('HTTP 503 from http://triage/classify.')),
    });
    expect(status).toBe('unstable');
    expect(reasons).toEqual([
      'A request of the calibration failed: HTTP 503 from http://triage/classify.',
    ]);
  });
});

test('cancelling it rejects with the reason', async () => {
  const abort = new AbortController();
  const ask = async (): Promise<void> => abort.abort(new Error('enough'));
  await expect(run(undefined, { signal: abort.signal, ask })).rejects.toThrow('enough');
});
