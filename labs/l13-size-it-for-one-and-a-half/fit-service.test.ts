import { expect, test } from 'vitest';
import { createRandom } from '#load/random.ts';
import { fitService } from './fit-service.ts';

/** Log-normal with median 2 ms. */
function draw(sigma: number, count = 4000): number[] {
  const random = createRandom(13, 'fit');
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => 2 * Math.exp(sigma * normal()));
}

function cvOf(samples: readonly number[]): number {
  const { service } = fitService(samples);
  return service.kind === 'lognormal' ? service.cv : NaN;
}

test('mean and variation of log-normal samples are found again', () => {
  const sigma = Math.sqrt(Math.log(1 + 0.3 ** 2));
  expect(cvOf(draw(sigma))).toBeCloseTo(0.3, 1);
  expect(fitService(draw(sigma)).serviceMs).toBeCloseTo(2 * Math.sqrt(1.09), 1);
});

test('pauses and answers that are seen late and then together change nothing much', () => {
  const quiet = draw(0.25);
  const restless = quiet.map((ms, index) => {
    if (index % 20 === 0) return ms + 40;
    return index % 20 === 1 ? 0.01 : ms;
  });
  expect(cvOf(restless) / cvOf(quiet)).toBeLessThan(1.25);
  expect(fitService(restless).serviceMs / fitService(quiet).serviceMs).toBeCloseTo(1, 1);
});

test('a machine without rest and a clock without digits stay within bounds', () => {
  expect(cvOf(draw(1.2))).toBe(0.4);
  expect(cvOf([2, 2, 2, 2])).toBe(0.1);
});
