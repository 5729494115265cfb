import { expect, test } from 'vitest';
import type { Answer } from './answers.ts';
import { formatSurprises, formatTable, isAllRight, type Tally } from './tally.ts';

const answer = (name: string, check: string | null): Answer => ({
  lab: 'l06-first-service',
  name,
  files: {},
  expected: { result: name === 'solution' ? 'pass' : 'fail', check },
});

const tallies: Tally[] = [
  {
    answer: answer('solution', null),
    graded: [6, 7, 9].map((seconds, seed) => ({ seed, finding: { kind: 'right' }, seconds })),
  },
  {
    answer: answer('wrong/one-pod', 'balanced'),
    graded: [
      { seed: 0, finding: { kind: 'right' }, seconds: 5 },
      { seed: 1, finding: { kind: 'wrong', found: 'passed' }, seconds: 6 },
      { seed: 2, finding: { kind: 'errored', found: 'No sandbox.' }, seconds: 1 },
    ],
  },
];

test('the table counts what each answer got and how long it took', () => {
  expect(formatTable(tallies)).toMatchInlineSnapshot(`
    "lab                answer         must              right  wrong  errored  median s  p95 s
    l06-first-service  solution       pass              3/3    0      0        7.0       9.0
    l06-first-service  wrong/one-pod  fail at balanced  1/3    1      1        5.0       6.0"
  `);
});

test('every surprise is told with its seed, so that it can be run again', () => {
  expect(formatSurprises(tallies)).toMatchInlineSnapshot(`
    "l06-first-service wrong/one-pod, seed 1, wrong: passed
    l06-first-service wrong/one-pod, seed 2, errored: No sandbox."
  `);
});

test('one surprise is enough to fail', () => {
  expect(isAllRight(tallies)).toBe(false);
  expect(isAllRight(tallies.slice(0, 1))).toBe(true);
});
