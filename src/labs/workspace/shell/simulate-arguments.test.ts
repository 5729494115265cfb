import { expect, test } from 'vitest';
import { parseSimulate } from './simulate-arguments.ts';

test('without arguments it runs everything with seed 1', () => {
  expect(parseSimulate([])).toEqual({ seed: 1, only: null, timeline: false });
});

test('a run, a seed and the timeline may stand in any order', () => {
  const wanted = { seed: 7, only: 'surge', timeline: true };
  expect(parseSimulate(['-t', 'surge', '--seed', '7'])).toEqual(wanted);
  expect(parseSimulate(['surge', '--seed=7', '--timeline'])).toEqual(wanted);
});

test('a seed that is no whole number and an unknown option are refused in words', () => {
  expect(parseSimulate(['-s', '-3'])).toBe('simulate: --seed is a whole number, not "-3".\n');
  expect(parseSimulate(['-s'])).toBe('simulate: --seed is a whole number, not "".\n');
  expect(parseSimulate(['--fast'])).toContain('simulate: option --fast is not known.');
});
