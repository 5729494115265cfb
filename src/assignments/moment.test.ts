import { expect, test } from 'vitest';
import {
  canonicalZone,
  daysBefore,
  isLocalMoment,
  localOf,
  placeDue,
  placeStart,
  showMoment,
} from './moment.ts';

const show = (placed: ReturnType<typeof placeDue>) =>
  'instant' in placed
    ? placed.instant.toISOString()
    : `${placed.skipped} is skipped, ${placed.instead} is there`;
const due = (local: string, zone: string) => show(placeDue(local, zone));
const start = (local: string, zone: string) => show(placeStart(local, zone));

test('a day is due with its last millisecond in the zone, wherever the server stands', () => {
  expect(due('2026-12-01', 'Europe/Berlin')).toBe('2026-12-01T22:59:59.999Z');
  expect(due('2026-12-01', 'Pacific/Kiritimati')).toBe('2026-12-01T09:59:59.999Z');
  expect(due('2026-12-01', 'America/Los_Angeles')).toBe('2026-12-02T07:59:59.999Z');
  expect(due('2026-12-01', 'Asia/Kathmandu')).toBe('2026-12-01T18:14:59.999Z');
});

test('a day on which clocks change has 23 or 25 hours', () => {
  const hours = (day: string) => {
    const [from, to] = [start(day, 'Europe/Berlin'), due(day, 'Europe/Berlin')];
    return (Date.parse(to) + 1 - Date.parse(from)) / 3_600_000;
  };
  expect(hours('2026-03-29')).toBe(23);
  expect(hours('2026-10-25')).toBe(25);
  expect(hours('2026-10-26')).toBe(24);
});

test('a day that begins with a skipped hour begins when its clocks do', () => {
  expect(start('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
  expect(due('2026-09-05', 'America/Santiago')).toBe('2026-09-06T03:59:59.999Z');
});

test('a whole day that a zone left out ends where it would have begun', () => {
  expect(due('2011-12-29', 'Pacific/Apia')).toBe('2011-12-30T09:59:59.999Z');
  expect(start('2011-12-31', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
});

test('a time that clocks skip is not guessed: the next one that exists is named', () => {
  expect(due('2026-03-29T02:30', 'Europe/Berlin')).toBe(
    '2026-03-29T02:30 is skipped, 2026-03-29T03:00 is there',
  );
  expect(start('2026-10-04T02:15', 'Australia/Lord_Howe')).toBe(
    '2026-10-04T02:15 is skipped, 2026-10-04T02:30 is there',
  );
  expect(due('2026-03-29T02:30', 'UTC')).toBe('2026-03-29T02:30:00.000Z');
});

test('of a time that comes twice a start takes the first and a due time the second', () => {
  expect(start('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(due('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z');
});

test('days are counted on the calendar, across a change of clocks', () => {
  const at = new Date('2026-03-30T07:00:00Z');
  expect(localOf(at, 'Europe/Berlin')).toBe('2026-03-30T09:00');
  expect(daysBefore(at, 1, 'Europe/Berlin').toISOString()).toBe('2026-03-29T07:00:00.000Z');
  expect(daysBefore(at, 2, 'Europe/Berlin').toISOString()).toBe('2026-03-28T08:00:00.000Z');
});

test('only days and minutes of the calendar are moments', () => {
  expect(isLocalMoment('2028-02-29')).toBe(true);
  expect(isLocalMoment('2028-02-29T23:59')).toBe(true);
  const wrong = [
    '2026-02-29',
    '2026-04-31T10:00',
    '2026-01-01T24:00',
    '01.12.2026',
    '',
    '2026-1-1',
  ];
  expect(wrong.filter(isLocalMoment)).toEqual([]);
});

test('zones are those of the time zone database, not offsets, which know no change of clocks', () => {
  expect(canonicalZone('europe/berlin')).toBe('Europe/Berlin');
  expect(canonicalZone('UTC')).toBe('UTC');
  expect(canonicalZone('Asia/Kolkata')).toBe('Asia/Kolkata');
  expect(canonicalZone('2026-01-01T00:00[Europe/Berlin]')).toBeNull();
  expect(canonicalZone('Europe/Atlantis')).toBeNull();
  expect(canonicalZone('+02:00')).toBeNull();
  expect(canonicalZone('Etc/GMT+2')).toBeNull();
  expect(canonicalZone('')).toBeNull();
});

test('a moment is shown with its zone', () => {
  expect(showMoment(new Date('2026-12-01T22:59:59.999Z'), 'Europe/Berlin')).toBe(
    'Tue 1 December 2026, 23:59 (Europe/Berlin)',
  );
});
