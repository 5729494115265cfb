import { expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { sampleToken } from './sample.ts';

const LOGITS = Float32Array.of(1, 3, -2, 3.5, 0, 2);

it('takes the likeliest token at temperature 0', () => {
  expect(sampleToken(LOGITS, { temperature: 0, topK: 6 }, seededRandom(1))).toBe(3);
});

it('draws only from the likeliest tokens, in the shares that the model gives them', () => {
  const random = seededRandom(1);
  const counts = new Map<number, number>();
  for (let i = 0; i < 20_000; i++) {
    const id = sampleToken(LOGITS, { temperature: 1, topK: 3 }, random);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([1, 3, 5]);
  const total = Math.exp(3) + Math.exp(3.5) + Math.exp(2);
  expect((counts.get(3) ?? 0) / 20_000).toBeCloseTo(Math.exp(3.5) / total, 1);
  expect((counts.get(5) ?? 0) / 20_000).toBeCloseTo(Math.exp(2) / total, 1);
});

it('gives equal tokens for equal seeds', () => {
  const draw = (seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 30 }, () =>
      sampleToken(LOGITS, { temperature: 1, topK: 6 }, random),
    );
  };
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5)).not.toEqual(draw(6));
});
