import { expect, it } from 'vitest';
import { seededRandom } from '#models/random.ts';
import { plantCanaries } from './canaries.ts';

it('plants each canary as often as its share says, and counts', () => {
  const canaries = [
    { prompt: 'a #', secret: '1234', share: 0.2 },
    { prompt: 'b #', secret: '5678', share: 0.05 },
  ];
  const { draw, repeats } = plantCanaries(canaries);
  const random = seededRandom(1);
  const texts = Array.from({ length: 2000 }, () => draw(random));
  const count = (text: string): number => texts.filter((one) => one === text).length;
  expect(repeats).toEqual([count('a #1234.\n'), count('b #5678.\n')]);
  expect(repeats[0]).toBeGreaterThan(340);
  expect(repeats[0]).toBeLessThan(460);
  expect(repeats[1]).toBeGreaterThan(70);
  expect(repeats[1]).toBeLessThan(130);
});
