import { expect, test } from 'vitest';
import { createGammaDraw, createWeightedDraw, createZipfDraw } from './draw.ts';
import { createRandom } from './random.ts';

const N = 200_000;

function moments(draw: () => number): { mean: number; variation: number } {
  const values = Array.from({ length: N }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / N;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / N;
  return { mean, variation: Math.sqrt(variance) / mean };
}

test.each([0.1, 0.5, 1, 4, 50])(
  'a gamma draw of shape %d has mean 1 and a coefficient of variation of 1 / sqrt(shape)',
  (shape) => {
    const { mean, variation } = moments(createGammaDraw(shape, createRandom(3)));
    expect(Math.abs(mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(variation * Math.sqrt(shape) - 1)).toBeLessThan(0.03);
  },
);

test('a gamma draw of shape 1 is exponential: its median is ln 2', () => {
  const draw = createGammaDraw(1, createRandom(5));
  const sorted = Array.from({ length: N }, draw).toSorted((a, b) => a - b);
  expect(Math.abs((sorted[N / 2] ?? 0) / Math.LN2 - 1)).toBeLessThan(0.02);
  expect(Math.abs((sorted[N * 0.99] ?? 0) / Math.log(100) - 1)).toBeLessThan(0.03);
});

test('a weighted draw follows its weights and never picks beyond them', () => {
  const draw = createWeightedDraw([1, 6, 3], createRandom(1));
  const counts = [0, 0, 0];
  for (let index = 0; index < N; index += 1) {
    const picked = draw();
    counts[picked] = (counts[picked] ?? 0) + 1;
  }
  expect(counts.map((count) => Number((count / N).toFixed(2)))).toEqual([0.1, 0.6, 0.3]);
});

test('with Zipf keys of exponent 1 the first is drawn twice as often as the second, and so on', () => {
  const draw = createZipfDraw(1000, 1, createRandom(2));
  const counts = new Map<number, number>();
  for (let index = 0; index < N; index += 1) {
    const key = draw();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const first = counts.get(0) ?? 0;
  const harmonic = Array.from({ length: 1000 }, (_, key) => 1 / (key + 1)).reduce((a, b) => a + b);
  expect(Math.abs(first / N / (1 / harmonic) - 1)).toBeLessThan(0.03);
  expect(Math.abs(first / (counts.get(1) ?? 1) / 2 - 1)).toBeLessThan(0.05);
  expect(Math.abs(first / (counts.get(9) ?? 1) / 10 - 1)).toBeLessThan(0.1);
});
