import { expect, test } from 'vitest';
import { dueReminder, isOpen, type Remindable } from './remind.ts';
import { at, extension, terms } from './testing/example.ts';

// Due on 31 March at the end of the day in Berlin, 21:59:59.999 UTC; clocks changed on 29 March.
const person = (more: Partial<Remindable> = {}): Remindable => ({
  terms: terms(),
  madeAt: at('2026-02-20T10:00'),
  since: at('2026-02-20T10:00'),
  extension: null,
  ...more,
});
const kindAt = (now: string, more: Partial<Remindable> = {}) =>
  dueReminder(person(more), at(now))?.kind ?? null;

test('the first mail comes when it begins, not when it was planned', () => {
  expect(kindAt('2026-03-01T22:59')).toBeNull();
  expect(kindAt('2026-03-01T23:00')).toBe('assigned');
});

test('a week and a day before the end are counted on the calendar of the zone', () => {
  expect(kindAt('2026-03-24T22:59')).toBeNull();
  expect(kindAt('2026-03-24T23:00')).toBe('week');
  expect(kindAt('2026-03-30T21:59')).toBeNull();
  expect(kindAt('2026-03-30T22:00')).toBe('day');
  expect(kindAt('2026-03-31T22:00')).toBe('overdue');
});

test('a reminder that is two days old is not sent any more', () => {
  expect(kindAt('2026-03-03T22:59')).toBe('assigned');
  expect(kindAt('2026-03-03T23:01')).toBeNull();
  expect(kindAt('2026-04-02T21:59')).toBe('overdue');
  expect(kindAt('2026-04-03T00:00')).toBeNull();
});

test('after an outage only the latest is sent', () => {
  expect(kindAt('2026-03-31T12:00')).toBe('day');
});

test('who was told of it on the same day is not reminded again', () => {
  const short = { terms: terms({ startsAt: at('2026-03-30T10:00') }) };
  expect(kindAt('2026-03-30T22:30', short)).toBe('assigned');
  expect(kindAt('2026-03-31T12:00', short)).toBe('assigned');
});

test('who joins the team later is told then', () => {
  const joined = { since: at('2026-03-12T10:00') };
  expect(kindAt('2026-03-12T09:59', joined)).toBeNull();
  expect(kindAt('2026-03-12T10:00', joined)).toBe('assigned');
  expect(kindAt('2026-04-01T10:00', { since: at('2026-04-01T10:00') })).toBeNull();
});

test('nothing is said of a closed end once it has passed', () => {
  const closing = { terms: terms({ late: 'close' }) };
  expect(kindAt('2026-03-31T21:00', closing)).toBe('day');
  expect(kindAt('2026-03-31T22:00', closing)).toBeNull();
});

test('more time brings reminders of the new end, and the first mail stays the same one', () => {
  const before = dueReminder(person(), at('2026-03-30T23:00'));
  const after = dueReminder(person({ extension }), at('2026-04-09T23:00'));
  expect([before?.kind, after?.kind]).toEqual(['day', 'day']);
  expect(after?.about).toEqual(extension.dueAt);
  expect(before?.about).not.toEqual(after?.about);
  const first = dueReminder(person({ extension }), at('2026-03-02T10:00'));
  expect(first).toEqual(dueReminder(person(), at('2026-03-02T10:00')));
});

test('a withdrawn assignment reminds nobody', () => {
  expect(
    kindAt('2026-03-30T22:00', { terms: terms({ withdrawnAt: at('2026-03-20T10:00') }) }),
  ).toBeNull();
});

test('who is done, or not asked, is left alone', () => {
  expect(isOpen('overdue')).toBe(true);
  expect(
    (['done', 'done-late', 'closed', 'not-asked', 'withdrawn', 'upcoming'] as const).filter(isOpen),
  ).toEqual([]);
});
