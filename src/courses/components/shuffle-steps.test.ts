import { expect, test } from 'vitest';
import { shuffleSteps } from './shuffle-steps.ts';

const ids = Array.from({ length: 200 }, (_, index) => `check-${index}`);

test('every step is shown once', () => {
  for (const id of ids) expect(new Set(shuffleSteps(5, id))).toEqual(new Set([0, 1, 2, 3, 4]));
});

test('the right order is never shown, not even with three steps', () => {
  for (const id of ids) expect(shuffleSteps(3, id)).not.toEqual([0, 1, 2]);
});

test('the order of a check is the same in every build', () => {
  expect(shuffleSteps(5, 'start-order')).toEqual(shuffleSteps(5, 'start-order'));
  expect(new Set(ids.map((id) => shuffleSteps(5, id).join(''))).size).toBeGreaterThan(50);
});
