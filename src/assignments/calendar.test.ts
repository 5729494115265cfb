import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import type { Assignment } from './assignment.ts';
import { writeCalendar } from './calendar.ts';
import { canonicalZone, placeDue } from './moment.ts';
import { standingOf, type Assigned } from './standing.ts';
import { all, at, content, extension, mid, person, terms } from './testing/example.ts';
import type { Terms } from './terms.ts';

const make = (
  over: { terms?: Terms; assigned?: Assigned; more?: Partial<Assignment>; now?: Date } = {},
) => {
  const own = over.terms ?? terms();
  const assignment: Assignment = {
    id: 'a1',
    organisation: 'o1',
    path: 'p1',
    version: 1,
    content: { ...content, title: 'Serving; on call, äöü' },
    note: 'Ask, if in doubt;\nreally.',
    startsLocal: '2026-03-02',
    dueLocal: '2026-03-31',
    terms: own,
    revision: 3,
    createdBy: null,
    createdAt: at('2026-02-20T10:00'),
    updatedAt: at('2026-02-21T10:00'),
    withdrawnReason: null,
    targets: [],
    ...over.more,
  };
  const assigned = over.assigned ?? person();
  const { since, extension: more } = assigned;
  return {
    assignment,
    person: {
      assignment: 'a1',
      person: 'u1',
      name: 'Ada',
      email: 'ada@example.org',
      since: since ?? mid,
      teams: [],
      extension: more,
    },
    standing: standingOf(own, assignment.content, assigned, over.now ?? mid),
  };
};
const write = (...entries: ReturnType<typeof make>[]) =>
  writeCalendar(entries, 'https://day2.example');

function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as never[]);
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      event,
      start: event.startDate.toJSDate().toISOString(),
      zone: component.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? null,
      status: String(component.getFirstPropertyValue('status')),
      url: String(component.getFirstPropertyValue('url')),
    };
  });
}

const dueIn = (local: string, zone: string) => {
  const placed = placeDue(local, zone);
  if ('skipped' in placed) throw new Error('skipped');
  return terms({ dueAt: placed.instant, zone });
};

test('another library reads the due minute, the number of the change and the text', () => {
  const entry = parse(write(make()).text)[0]!;
  expect(entry.start).toBe('2026-03-31T21:59:00.000Z');
  expect(entry.zone).toBe('Europe/Berlin');
  expect(entry.event.uid).toBe('assignment-a1-u1@day-two');
  expect(entry.event.sequence).toBe(3);
  expect(entry.event.summary).toBe('Due: Serving; on call, äöü');
  expect(entry.event.description).toContain(
    '0 of 3 done. Due Tue 31 March 2026, 23:59 (Europe/Berlin).',
  );
  expect(entry.event.description).toContain('Ask, if in doubt;\nreally.');
  expect(entry.event.description).toContain('https://day2.example/courses/course/one/');
  expect([entry.status, entry.url]).toEqual(['CONFIRMED', 'https://day2.example/assignments/']);
});

test('the moment is the same in every kind of zone, on both sides of a change of clocks', () => {
  const cases: [string, string][] = [
    ['2026-03-28', 'Europe/Berlin'],
    ['2026-03-29', 'Europe/Berlin'],
    ['2026-10-25', 'Europe/Berlin'],
    ['2026-12-01T17:00', 'America/New_York'],
    ['2026-11-01', 'America/New_York'],
    ['2026-04-05', 'Australia/Lord_Howe'],
    ['2026-09-05', 'America/Santiago'],
    ['2026-06-30', 'Asia/Kathmandu'],
    ['2026-06-30', 'Pacific/Kiritimati'],
    ['2026-03-15', 'Africa/Casablanca'],
    ['2026-06-30T12:00', 'UTC'],
  ];
  for (const [local, zone] of cases) {
    const own = dueIn(local, zone);
    const minute = new Date(Math.floor(+own.dueAt / 60_000) * 60_000).toISOString();
    expect([zone, local, parse(write(make({ terms: own })).text)[0]?.start]).toEqual([
      zone,
      local,
      minute,
    ]);
  }
});

test('the second of two equal times is not taken for the first', () => {
  const own = dueIn('2026-10-25T02:30', 'Europe/Berlin');
  const [entry] = parse(write(make({ terms: own })).text);
  expect([entry?.start, entry?.zone]).toEqual(['2026-10-25T01:30:00.000Z', null]);
});

test('every zone that an assignment may have can be written', () => {
  const zones = Intl.supportedValuesOf('timeZone').flatMap((zone) => canonicalZone(zone) ?? []);
  expect(zones.length).toBeGreaterThan(300);
  const failed = zones.filter((zone) => {
    const own = dueIn('2026-06-30', zone);
    const minute = new Date(Math.floor(+own.dueAt / 60_000) * 60_000).toISOString();
    return parse(write(make({ terms: own })).text)[0]?.start !== minute;
  });
  expect(failed).toEqual([]);
});

test('lines are folded at 75 octets and end as the standard says', () => {
  const { text } = write(make({ more: { note: 'ä'.repeat(400) } }));
  const lines = text.split('\r\n');
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(parse(text)[0]?.event.description).toContain('ä'.repeat(400));
});

test('an extension moves the event, done is said, withdrawn is cancelled, and the identity stays', () => {
  const moved = make({ assigned: person([], { extension }), more: { revision: 4 } });
  const done = make({ assigned: person(all(mid)) });
  const gone = make({ terms: terms({ withdrawnAt: mid }), more: { revision: 5 } });
  const entries = [moved, done, gone].map((entry) => parse(write(entry).text)[0]);
  expect(entries.map((entry) => entry?.event.uid)).toEqual(
    Array(3).fill('assignment-a1-u1@day-two'),
  );
  expect(entries.map((entry) => entry?.start)).toEqual([
    '2026-04-10T21:59:00.000Z',
    '2026-03-31T21:59:00.000Z',
    '2026-03-31T21:59:00.000Z',
  ]);
  expect(entries[1]?.event.summary).toContain('(done)');
  expect(entries.map((entry) => entry?.status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
});

test('the tag changes with the content and with nothing else', () => {
  expect(write(make()).etag).toBe(write(make({ now: at('2026-03-10T09:01') })).etag);
  expect(write(make()).etag).not.toBe(write(make({ assigned: person(all(mid)) })).etag);
  expect(write().text).toContain('BEGIN:VCALENDAR');
});
