import { describe, expect, it } from 'vitest';
import { ANOMALIES } from './data/telemetry/anomalies.ts';
import { drawTelemetry } from './draw-telemetry.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's correlation. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const product = mean(x.map((value, at) => (value - mx) * ((y[at] ?? 0) - my)));
  const deviation = (values: readonly number[], m: number): number =>
    Math.sqrt(mean(values.map((value) => (value - m) ** 2)));
  return product / (deviation(x, mx) * deviation(y, my));
}

describe('the telemetry of a calm machine', () => {
  const { samples, anomalies } = drawTelemetry(1, 7);
  const column = (feature: number): number[] => samples.map((sample) => sample[feature] ?? NaN);

  it('is the same for the same seed, and another machine for another', () => {
    expect(drawTelemetry(1, 7).samples).toEqual(samples);
    expect(drawTelemetry(2, 7).samples).not.toEqual(samples);
    expect(samples).toHaveLength(7 * 288);
    expect(anomalies).toEqual([]);
  });

  it('has a daily curve and quieter weekends', () => {
    const requests = column(0);
    const day = (index: number): number => mean(requests.slice(index * 288, (index + 1) * 288));
    expect(Math.min(day(0), day(1), day(2), day(3), day(4))).toBeGreaterThan(
      1.1 * Math.max(day(5), day(6)),
    );
    const first = requests.slice(0, 288);
    expect(Math.max(...first)).toBeGreaterThan(2 * Math.min(...first));
  });

  it('heats, fills and slows down with its load', () => {
    const requests = column(0);
    for (const feature of [1, 2, 3, 4])
      expect(correlation(requests, column(feature))).toBeGreaterThan(0.8);
  });

  it('stays in its units', () => {
    for (const feature of [1, 2, 5])
      for (const value of column(feature)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
      }
  });
});

describe('anomalies', () => {
  const fleet = Array.from({ length: 40 }, (_, seed) =>
    drawTelemetry(seed, 7, { anomalies: true }),
  );

  it('are of every kind, and never overlap', () => {
    const kinds = new Set(fleet.flatMap(({ anomalies }) => anomalies.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual([...ANOMALIES].sort());
    for (const { anomalies } of fleet)
      anomalies.slice(1).forEach(({ from }, index) => {
        const before = anomalies[index];
        expect(from).toBeGreaterThan((before?.from ?? 0) + (before?.samples ?? 0));
      });
  });

  it.each([
    ['slow-dependency', 3],
    ['lost-requests', 5],
    ['memory-leak', 2],
    ['throttling', 4],
    ['spinning-gpu', 1],
  ] as const)('of kind %s raise the feature that shows it', (kind, feature) => {
    const [within, without]: [number[], number[]] = [[], []];
    for (const { samples, anomalies } of fleet)
      samples.forEach((sample, at) => {
        const present = anomalies.find((one) => at >= one.from && at < one.from + one.samples);
        if (present?.kind === kind) within.push(sample[feature] ?? NaN);
        if (!present) without.push(sample[feature] ?? NaN);
      });
    expect(mean(within)).toBeGreaterThan(1.05 * mean(without));
  });
});
