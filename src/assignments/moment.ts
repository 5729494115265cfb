import { Temporal } from 'temporal-polyfill';

/** `YYYY-MM-DD` for the end of that day, or `YYYY-MM-DDTHH:mm`. */
export type LocalMoment = string;

/** A day or a minute that a calendar and a clock on the wall may show. */
export type Placed =
  | { readonly instant: Date }
  /** Clocks skip this time; `instead` is the first that follows, in the same zone. */
  | { readonly skipped: LocalMoment; readonly instead: LocalMoment };

/** When something begins: a day begins with its first minute, and of two equal times the earlier one counts. */
export function placeStart(local: LocalMoment, zone: string): Placed {
  if (isDay(local)) {
    return { instant: toDate(Temporal.PlainDate.from(local).toZonedDateTime(zone).toInstant()) };
  }
  return placeMinute(local, zone, 'earlier');
}

/**
 * The last moment at which something is in time: of a day its last millisecond in that zone, and of
 * two equal times the later one.
 */
export function placeDue(local: LocalMoment, zone: string): Placed {
  if (isDay(local)) {
    const next = Temporal.PlainDate.from(local).add({ days: 1 }).toZonedDateTime(zone);
    return { instant: toDate(next.toInstant().subtract({ milliseconds: 1 })) };
  }
  return placeMinute(local, zone, 'later');
}

/** Whether the text is a day or a minute of the calendar. */
export function isLocalMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text)) return false;
  try {
    Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The zone as the time zone database writes it; null for one that it does not have. */
export function canonicalZone(text: string): string | null {
  // Offsets know no change of clocks, and a date with a zone in brackets is no zone.
  if (/^[+-]|^etc\/gmt[+-]|[^\w/+-]/i.test(text)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What a clock in the zone shows at a moment, to the minute. */
export function localOf(instant: Date, zone: string): LocalMoment {
  return zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The moment so many days earlier on the calendar of the zone, at the same time of day. */
export function daysBefore(instant: Date, days: number, zone: string): Date {
  return toDate(zoned(instant, zone).subtract({ days }).toInstant());
}

/** `2026-12-31` and `17:00` to a local moment. */
export function joined(day: string, time: string): LocalMoment {
  return time === '' ? day : `${day}T${time.slice(0, 5)}`;
}

/** For people: `Tue 1 December 2026, 23:59 (Europe/Berlin)`. */
export function showMoment(instant: Date, zone: string): string {
  const shown = instant.toLocaleString('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${shown.replace(',', '').replace(' at ', ', ')} (${zone})`;
}

function placeMinute(local: LocalMoment, zone: string, choice: 'earlier' | 'later'): Placed {
  const plain = Temporal.PlainDateTime.from(local);
  const placed = plain.toZonedDateTime(zone, { disambiguation: choice });
  if (placed.toPlainDateTime().equals(plain)) return { instant: toDate(placed.toInstant()) };
  const after = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const instead = after.getTimeZoneTransition('previous') ?? after;
  return {
    skipped: local,
    instead: instead.toPlainDateTime().toString({ smallestUnit: 'minute' }),
  };
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}

function isDay(local: LocalMoment): boolean {
  return !local.includes('T');
}

function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}
