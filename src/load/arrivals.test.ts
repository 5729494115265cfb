import { describe, expect, test } from 'vitest';
import { planFor } from './stub-target.ts';
import { createSchedule } from './schedule.ts';

const times = (arrivals: object, changes: object = {}) => [
  ...createSchedule(planFor({ arrivals, ...changes })).at,
];
const within = (at: readonly number[], from: number, until: number) =>
  at.filter((time) => time >= from * 1000 && time < until * 1000).length;

describe('arrival processes', () => {
  test('gamma keeps the rate and has the burstiness that was asked for', () => {
    const at = times({ process: 'gamma', rate: 200, burstiness: 0.25 }, { durationSeconds: 600 });
    expect(Math.abs(at.length / 120_000 - 1)).toBeLessThan(0.02);
    const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.abs(variance / mean ** 2 / 4 - 1)).toBeLessThan(0.05);
  });

  test('a step holds each level until the next one begins, to the request', () => {
    const levels = [
      { fromSeconds: 0, rate: 10 },
      { fromSeconds: 10, rate: 0 },
      { fromSeconds: 15, rate: 50 },
    ];
    const at = times({ process: 'step', levels, spacing: 'constant' }, { durationSeconds: 20 });
    expect([within(at, 0, 10), within(at, 10, 15), within(at, 15, 20)]).toEqual([100, 0, 250]);
  });

  test('a Poisson step has the rates of its levels', () => {
    const levels = [
      { fromSeconds: 0, rate: 50 },
      { fromSeconds: 200, rate: 250 },
    ];
    const at = times({ process: 'step', levels }, { durationSeconds: 400 });
    expect(Math.abs(within(at, 0, 200) / 10_000 - 1)).toBeLessThan(0.04);
    expect(Math.abs(within(at, 200, 400) / 50_000 - 1)).toBeLessThan(0.02);
  });

  test.each([
    ['up', 0, 100],
    ['down', 100, 0],
  ])('a ramp %s in a line has three quarters of its load in its faster half', (_, from, to) => {
    const at = times({ process: 'ramp', from, to, spacing: 'constant' }, { durationSeconds: 100 });
    expect(Math.abs(at.length - 5000)).toBeLessThanOrEqual(1);
    const faster = to > from ? within(at, 50, 100) : within(at, 0, 50);
    expect(Math.abs(faster - 3750)).toBeLessThanOrEqual(1);
  });

  test('a trace is replayed as it is, faster when asked, and cut where the run ends', () => {
    const atSeconds = [0, 0.5, 0.5, 3, 12];
    expect(times({ process: 'trace', atSeconds })).toEqual([0, 500, 500, 3000]);
    expect(times({ process: 'trace', atSeconds, speed: 2 })).toEqual([0, 250, 250, 1500, 6000]);
  });

  test('the server scenario is Poisson, byte for byte', () => {
    const slo = { latencyMs: 50 };
    expect(times({ process: 'server', rate: 100 }, { slo })).toEqual(
      times({ process: 'poisson', rate: 100 }),
    );
  });

  test('offline makes every sample due at once', () => {
    expect(times({ process: 'offline', samples: 3 })).toEqual([0, 0, 0]);
  });

  test.each([
    { process: 'gamma', rate: 100, burstiness: 0.5 },
    { process: 'ramp', from: 10, to: 200 },
    { process: 'step', levels: [{ fromSeconds: 0, rate: 100 }] },
  ])('%j is byte-identical when the seed is the same and differs when it is not', (arrivals) => {
    const bytes = (seed: number) =>
      Buffer.from(createSchedule(planFor({ arrivals, seed })).at.buffer);
    expect(bytes(4).equals(bytes(4))).toBe(true);
    expect(bytes(4).equals(bytes(5))).toBe(false);
  });
});

describe('a plan that cannot be run says what to change', () => {
  const complaint = (changes: object) => {
    try {
      planFor(changes);
    } catch (error) {
      return (error as { issues: { path: string[]; message: string }[] }).issues.map(
        ({ path, message }) => `${path.join('.')}: ${message}`,
      );
    }
    return [];
  };

  test('about rates and sizes', () => {
    const long = { process: 'step', levels: [{ fromSeconds: 0, rate: 2000 }] };
    expect([
      complaint({ arrivals: { process: 'poisson', rate: 0 } }),
      complaint({ arrivals: { process: 'gamma', rate: -3, burstiness: 1 } }),
      complaint({ arrivals: { process: 'ramp', from: 0, to: 0 } }),
      complaint({ arrivals: { process: 'trace', atSeconds: [2, 1] } }),
      complaint({ arrivals: long, durationSeconds: 3600 }),
    ]).toMatchInlineSnapshot(`
      [
        [
          "arrivals.rate: A rate of 0 per second sends nothing. State one above 0.",
        ],
        [
          "arrivals.rate: A rate of -3 per second sends nothing. State one above 0.",
        ],
        [
          "arrivals: A ramp from 0 to 0 sends nothing.",
        ],
        [
          "arrivals.atSeconds: The arrivals of a trace are in ascending order. Sort them.",
        ],
        [
          "arrivals: The schedule would hold 7,200,000 requests and memory is kept for 1,000,000 requests. Lower the rate or shorten the run.",
        ],
      ]
    `);
  });

  test('about SLOs, bodies and warm-ups', () => {
    expect([
      complaint({ slo: {} }),
      complaint({ slo: { latencyMs: -1 } }),
      complaint({ arrivals: { process: 'server', rate: 10 } }),
      complaint({ request: { url: 'http://triage/', bodies: ['x'] } }),
      complaint({ warmupSeconds: 2, warmupRule: 'tenth' }),
      complaint({ arrivals: { process: 'single-stream' }, maxInFlight: 3 }),
    ]).toMatchInlineSnapshot(`
      [
        [
          "slo: An SLO needs a metric. State latencyMs, ttftMs or tpotMs, for example { latencyMs: 100 }.",
        ],
        [
          "slo.latencyMs: Too small: expected number to be >0",
        ],
        [
          "slo: The server scenario asks whether a rate holds a latency bound. State it, for example slo: { latencyMs: 100 }.",
        ],
        [
          "request.method: A GET request carries no body. Leave the bodies out or use POST.",
        ],
        [
          "warmupRule: The plan states warmupSeconds and a warmupRule. Keep one of them.",
        ],
        [
          "maxInFlight: single-stream already waits for every answer. Leave maxInFlight out.",
        ],
      ]
    `);
  });
});
