import { describe, expect, test } from 'vitest';
import { loadPlanSchema } from './plan.ts';
import { createSchedule } from './schedule.ts';

const plan = (changes: object) =>
  loadPlanSchema.parse({
    arrivals: { process: 'poisson', rate: 200 },
    durationSeconds: 100,
    seed: 7,
    request: { method: 'POST', url: 'http://triage/classify', bodies: ['a', 'b', 'c'] },
    ...changes,
  });

describe('schedule', () => {
  test('is byte-identical when the seed is the same', () => {
    const first = createSchedule(plan({}));
    const second = createSchedule(plan({}));
    expect(Buffer.from(first.at.buffer).equals(Buffer.from(second.at.buffer))).toBe(true);
    expect(Buffer.from(first.body.buffer).equals(Buffer.from(second.body.buffer))).toBe(true);
  });

  test('differs when the seed differs', () => {
    expect(createSchedule(plan({ seed: 8 })).at[0]).not.toBe(createSchedule(plan({})).at[0]);
  });

  test('stays as it was in earlier releases, so a seed in an old report can be replayed', () => {
    const { at, body } = createSchedule(plan({}));
    expect(Array.from(at.slice(0, 4))).toMatchInlineSnapshot(`
      [
        11.713,
        16.734,
        16.986,
        24.405,
      ]
    `);
    expect(Array.from(body.slice(0, 8))).toMatchInlineSnapshot(`
      [
        2,
        2,
        2,
        0,
        0,
        2,
        0,
        0,
      ]
    `);
  });

  test('has exponential gaps: Kolmogorov-Smirnov at p > .001', () => {
    const { at } = createSchedule(plan({ arrivals: { process: 'poisson', rate: 500 } }));
    const gaps = [...at]
      .map((time, index) => time - (at[index - 1] ?? 0))
      .toSorted((a, b) => a - b);
    const n = gaps.length;
    const distance = gaps.reduce((largest, gap, index) => {
      const expected = 1 - Math.exp(-gap / 2);
      return Math.max(
        largest,
        Math.abs(expected - index / n),
        Math.abs(expected - (index + 1) / n),
      );
    }, 0);
    expect(n).toBeGreaterThan(49_000);
    expect(distance).toBeLessThan(1.95 / Math.sqrt(n));
  });

  test('has the percentiles of the exponential distribution', () => {
    const { at } = createSchedule(
      plan({ arrivals: { process: 'poisson', rate: 1000 }, durationSeconds: 200 }),
    );
    const gaps = [...at]
      .map((time, index) => time - (at[index - 1] ?? 0))
      .toSorted((a, b) => a - b);
    expect(gaps[Math.floor(gaps.length * 0.5)]).toBeCloseTo(0.693, 1);
    expect(gaps[Math.floor(gaps.length * 0.99)]).toBeCloseTo(4.605, 0);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(1, 1);
  });

  test('spaces constant arrivals evenly without drift', () => {
    const { at, endsAt } = createSchedule(
      plan({ arrivals: { process: 'constant', rate: 3 }, durationSeconds: 1000 }),
    );
    expect(at.length).toBe(3000);
    expect(at[2999]).toBe(999_666.667);
    expect(endsAt).toBe(1_000_000);
  });

  test('ends after maxArrivals, and the offered window ends there too', () => {
    const { at, endsAt } = createSchedule(plan({ maxArrivals: 300 }));
    expect(at.length).toBe(300);
    expect(endsAt).toBeGreaterThan(at[299] ?? Infinity);
    expect(endsAt).toBeLessThan(3000);
  });

  test('picks every body about equally often', () => {
    const counts = [0, 0, 0];
    for (const index of createSchedule(plan({})).body) counts[index] = (counts[index] ?? 0) + 1;
    for (const count of counts) expect(count / 20_000).toBeCloseTo(1 / 3, 1);
  });
});

describe('plan', () => {
  test.each([
    ['a rate of zero', { arrivals: { process: 'poisson', rate: 0 } }],
    ['a negative rate', { arrivals: { process: 'poisson', rate: -1 } }],
    ['more requests than memory holds', { arrivals: { process: 'poisson', rate: 1e5 } }],
    ['a warm-up as long as the run', { warmupSeconds: 100 }],
    ['a field it does not know', { ratePerSecond: 3 }],
  ])('refuses %s', (_, changes) => {
    expect(() => plan(changes)).toThrow();
  });
});
