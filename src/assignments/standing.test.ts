import { expect, test } from 'vitest';
import type { PathContent } from '#paths/version.ts';
import type { Deed } from './deed.ts';
import { placeDue } from './moment.ts';
import { standingOf } from './standing.ts';
import {
  all,
  answer,
  at,
  content,
  due,
  item,
  lab,
  later,
  mid,
  moment,
  person,
  read,
  shift,
  standing,
  terms,
  unread,
  verdict,
} from './testing/example.ts';

test('it begins with its first day in the zone, and before that it is only announced', () => {
  expect(standing([], at('2026-03-01T22:59')).kind).toBe('upcoming');
  expect(standing([], at('2026-03-01T23:00')).kind).toBe('not-started');
});

test('what was done before it began or was assigned counts', () => {
  const done = standing(all(at('2025-12-01T09:00')), at('2026-02-01T09:00'));
  expect([done.kind, done.done, done.of, done.next?.item]).toEqual(['done', 3, 3, 'l07']);
});

test('a lesson is done once it is read and each check was answered', () => {
  expect(standing([read('one', mid)]).done).toBe(0);
  expect(standing([read('one', mid), answer('a', mid)]).done).toBe(0);
  expect(standing([answer('a', mid), answer('b', mid)]).done).toBe(0);
  const state = standing([read('one', mid), answer('a', mid), answer('b', mid)]);
  expect([state.kind, state.done, state.of]).toEqual(['in-progress', 1, 3]);
});

test('a read mark that was taken back is none, until the lesson is read again', () => {
  const [first, second, third] = [
    at('2026-03-05T08:00'),
    at('2026-03-06T08:00'),
    at('2026-03-07T08:00'),
  ];
  expect(standing([read('two', first), unread('two', second)]).done).toBe(0);
  expect(standing([unread('two', first), read('two', second)]).done).toBe(1);
  expect(standing([read('two', third), unread('two', second), read('two', first)]).done).toBe(1);
});

test('taking a mark back or trying again after the due time does not undo what was in time', () => {
  const deeds = [...all(mid), unread('two', at('2026-04-02T08:00')), verdict('l06', later, false)];
  const state = standing(deeds, later);
  expect([state.kind, state.done, state.doneAt]).toEqual(['done', 3, mid]);
});

test('a lab is done with its first pass; failed attempts start it', () => {
  const failed = standing([verdict('l06', mid, false)]);
  expect([failed.kind, failed.done]).toEqual(['in-progress', 0]);
  expect(standing([verdict('l06', mid, false), verdict('l06', mid)]).done).toBe(1);
});

test('the order in which deeds come does not matter', () => {
  const deeds = [
    ...all(mid),
    unread('two', at('2026-03-11T09:00')),
    read('two', at('2026-03-12T09:00')),
  ];
  expect(standing(deeds.toReversed(), later)).toEqual(standing(deeds, later));
});

test('the last millisecond of the day is in time, the next one is late', () => {
  expect(due.toISOString()).toBe('2026-03-31T21:59:59.999Z');
  expect(standing(all(due), later).kind).toBe('done');
  expect(standing(all(shift(due, 1)), later).kind).toBe('done-late');
  expect(standing([], due).kind).toBe('not-started');
  expect(standing([], shift(due, 1)).kind).toBe('overdue');
});

test('the day ends with the zone of the assignment, not with that of the learner', () => {
  const west = terms({
    dueAt: moment(placeDue('2026-03-31', 'America/Los_Angeles')),
    zone: 'America/Los_Angeles',
  });
  const lastHour = at('2026-04-01T06:30');
  expect(standing(all(lastHour), later, {}, west).kind).toBe('done');
  expect(standing(all(lastHour), later).kind).toBe('done-late');
});

test('a due time in the hour that comes twice means the second one', () => {
  const twice = terms({ dueAt: moment(placeDue('2026-10-25T02:30', 'Europe/Berlin')) });
  expect(standing(all(at('2026-10-25T01:15')), at('2026-11-01T00:00'), {}, twice).kind).toBe(
    'done',
  );
  expect(standing(all(at('2026-10-25T01:31')), at('2026-11-01T00:00'), {}, twice).kind).toBe(
    'done-late',
  );
});

test('the day on which clocks go forward is an hour shorter', () => {
  const spring = terms({ dueAt: moment(placeDue('2026-03-29', 'Europe/Berlin')) });
  expect(standing(all(at('2026-03-29T21:59')), later, {}, spring).kind).toBe('done');
  expect(standing(all(at('2026-03-29T22:00')), later, {}, spring).kind).toBe('done-late');
});

test('one late deed makes it late, and the moment is that of the last one needed', () => {
  const deeds = [...all(mid).slice(0, 4), verdict('l06', at('2026-04-02T10:00'))];
  const state = standing(deeds, later);
  expect([state.kind, state.doneAt]).toEqual(['done-late', at('2026-04-02T10:00')]);
});

test('overdue says how far it is and still goes on', () => {
  const state = standing([read('two', mid)], later);
  expect([state.kind, state.done, state.of, state.next?.unit.id]).toEqual([
    'overdue',
    1,
    3,
    'course/one',
  ]);
});

test('after a closed end nothing counts any more', () => {
  const closing = terms({ late: 'close' });
  const state = standing([read('two', mid), ...all(later)], later, {}, closing);
  expect([state.kind, state.done, state.doneAt]).toEqual(['closed', 1, null]);
  expect(standing(all(mid), later, {}, closing).kind).toBe('done');
});

test('a device that was offline counts by its clock, and it is said that the server learned late', () => {
  const state = standing(all(mid, later), later);
  expect([state.kind, state.isReportedLate]).toEqual(['done', true]);
  expect(standing(all(mid), later).isReportedLate).toBe(false);
  const repeated = [...all(mid), read('two', mid, later)];
  expect(standing(repeated, later).isReportedLate).toBe(false);
});

test('a deed from the future counts when the server got it', () => {
  const ahead = at('2027-01-01T00:00');
  const state = standing(all(ahead, mid), later);
  expect([state.kind, state.doneAt]).toEqual(['done', mid]);
  expect(standing(all(ahead, later), later).kind).toBe('done-late');
});

test('a read mark of a clock ahead does not outlive one that was taken back after it', () => {
  const deeds = [read('two', at('2027-01-01T00:00'), mid), unread('two', at('2026-03-11T09:00'))];
  expect(standing(deeds, at('2026-03-12T09:00')).done).toBe(0);
});

test('optional items are not counted; the assignment may free more of them', () => {
  expect(standing([verdict('l07', mid)]).done).toBe(0);
  const freer = terms({ optional: ['l06'] });
  const state = standing(all(mid).slice(0, 4), later, {}, freer);
  expect([state.kind, state.of]).toEqual(['done', 2]);
});

test('a unit that two items name is counted once', () => {
  const doubled = { ...content, items: [...content.items, item('l06-again', [lab('l06')])] };
  const state = standingOf(terms(), doubled, person(all(mid)), later);
  expect([state.kind, state.done, state.of]).toEqual(['done', 3, 3]);
});

test('it goes on with what was begun in the item that is next, then with optional items', () => {
  expect(standing([]).next?.unit.id).toBe('course/one');
  expect(standing([answer('a', mid)]).next?.unit.id).toBe('course/one');
  expect(standing([read('two', mid)]).next?.unit.id).toBe('course/one');
  expect(standing(all(mid).slice(0, 4)).next?.unit.id).toBe('l06');
  expect(standing(all(mid)).next?.unit.id).toBe('l07');
  expect(standing([...all(mid), verdict('l07', mid)]).next).toBeNull();
});

test('a required item waits for an optional one that it names', () => {
  const needing: PathContent = {
    ...content,
    items: [
      item('l07', [lab('l07')], { kind: 'lab', optional: true }),
      item('l06', [lab('l06')], { kind: 'lab', after: ['l07'] }),
    ],
  };
  const state = standingOf(terms(), needing, person(), mid);
  expect(state.next?.unit.id).toBe('l07');
  expect(state.items.map(({ waitsFor }) => waitsFor)).toEqual([[], ['l07']]);
});

test('deeds elsewhere do not start it', () => {
  const elsewhere = [verdict('l99', mid), { ...read('x', mid), lesson: 'other/x' } as Deed];
  expect(standing(elsewhere).kind).toBe('not-started');
});

test('a check that counts is done when the server graded it right, not when a device says so', () => {
  const [course, ...rest] = content.items;
  const [one, two] = course!.units;
  const counting: PathContent = {
    ...content,
    items: [{ ...course!, units: [{ ...one!, counted: ['b'] } as typeof one & {}, two!] }, ...rest],
  };
  const graded = (passed: boolean): Deed => ({
    kind: 'check-graded',
    lesson: 'course/one',
    check: 'b',
    passed,
    at: mid,
    receivedAt: mid,
  });
  const doneWith = (...more: Deed[]) =>
    standingOf(terms(), counting, person([...all(mid), ...more]), later).done;
  expect(doneWith()).toBe(2);
  expect(doneWith(graded(false))).toBe(2);
  expect(doneWith(graded(false), graded(true))).toBe(3);
});
