import { expect, test } from 'vitest';
import { answeredAt } from './answered-at.ts';

const now = new Date('2026-03-10T10:00:00Z');

test.each([
  ['nothing', undefined, '2026-03-10T10:00:00.000Z'],
  ['an hour ago', '2026-03-10T09:00:00Z', '2026-03-10T09:00:00.000Z'],
  ['a moment to come', '2026-03-10T10:00:01Z', '2026-03-10T10:00:00.000Z'],
  ['a month ago', '2026-02-10T10:00:00Z', '2026-03-03T10:00:00.000Z'],
])('a device that says %s is believed within bounds', (_, said, expected) => {
  expect(answeredAt(said, now).toISOString()).toBe(expected);
});
