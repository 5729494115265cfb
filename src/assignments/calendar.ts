import { createHash } from 'node:crypto';
import icalGenerator, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import {
  tzlib_get_ical_block as readZoneBlock,
  tzlib_get_offset as readOffset,
} from 'timezones-ical-library';
import { addressOf } from '#paths/version.ts';
import { showMoment } from './moment.ts';
import type { PersonStanding } from './read-standings.ts';

/** A calendar file and the tag by which a reader notices that it is unchanged. */
export interface CalendarFile {
  /** RFC 5545. */
  readonly text: string;
  /** Quoted, for the header ETag. */
  readonly etag: string;
}

/**
 * What is due for one person as a calendar: an event at each due time, in the zone of the assignment.
 * The same standings always give the same bytes. `origin` is where the site is reached.
 */
export function writeCalendar(standings: readonly PersonStanding[], origin: string): CalendarFile {
  const calendar = icalGenerator({
    name: 'Day Two: due',
    prodId: { company: 'Day Two', product: 'assignments', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    timezone: { name: null, generator: zoneBlock },
    ttl: 60 * 60,
  });
  for (const entry of standings) calendar.createEvent(toEvent(entry, origin));
  const text = calendar.toString();
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}

/** Changes with every new state of the assignment, so that calendars take it over; never shrinks. */
function toEvent({ assignment, person, standing }: PersonStanding, origin: string) {
  const { id, content, terms, note, revision, updatedAt } = assignment;
  const isCancelled = ['withdrawn', 'not-asked'].includes(standing.kind);
  const at = Temporal.Instant.fromEpochMilliseconds(standing.dueAt.getTime());
  const start = at.round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const zone = zoneFor(start, terms.zone);
  return {
    id: `assignment-${id}-${person.person}@day-two`,
    sequence: revision,
    stamp: Temporal.Instant.fromEpochMilliseconds(updatedAt.getTime()),
    lastModified: Temporal.Instant.fromEpochMilliseconds(updatedAt.getTime()),
    start: zone ? start.toZonedDateTimeISO(zone) : start,
    ...(zone && { timezone: zone }),
    summary: `Due: ${content.title}${isDone(standing.kind) ? ' (done)' : ''}`,
    description: describe({ assignment, person, standing }, note, origin),
    url: `${origin}/assignments/`,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
}

function describe({ assignment, standing }: PersonStanding, note: string, origin: string): string {
  const { next, done, of, extension } = standing;
  return [
    `${done} of ${of} done. Due ${showMoment(standing.dueAt, assignment.terms.zone)}${extension ? ', with your extension' : ''}.`,
    ...(note ? [note] : []),
    ...(next ? [`Go on with "${next.unit.title}": ${origin}${addressOf(next.unit)}`] : []),
  ].join('\n');
}

function isDone(kind: string): boolean {
  return kind === 'done' || kind === 'done-late';
}

/**
 * The zone to write the time in; null for UTC. UTC is written where a calendar would show another
 * moment: for the second of two equal times, because calendars take the first, and where the rules
 * that go into the file are not those by which the moment was worked out.
 */
function zoneFor(at: Temporal.Instant, zone: string): string | null {
  if (zone === 'UTC' || zoneBlock(zone) === null) return null;
  const shown = at.toZonedDateTimeISO(zone);
  const read = shown.toPlainDateTime().toZonedDateTime(zone);
  const [day = '', time = ''] = shown.toPlainDateTime().toString().split('T');
  const isSame =
    read.epochMilliseconds === at.epochMilliseconds &&
    readOffset(zone, day, time.slice(0, 5)) === shown.offset.replace(':', '');
  return isSame ? zone : null;
}

/** The rules of a zone under its own name: the library gives those of an alias under the other one. */
function zoneBlock(zone: string): string | null {
  const [block] = readZoneBlock(zone);
  return block?.replaceAll(/^(TZID|X-LIC-LOCATION):.*$/gm, `$1:${zone}`) ?? null;
}
