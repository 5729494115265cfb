import { daysBefore } from './moment.ts';
import type { StandingKind } from './standing.ts';
import type { Extension, Terms } from './terms.ts';

/** When the assignment begins for somebody, a week and a day before it is due, and once it is overdue. */
export type ReminderKind = 'assigned' | 'week' | 'day' | 'overdue';

/** A mail that is to be sent, once for each kind and `about`. */
export interface DueReminder {
  readonly kind: ReminderKind;
  /** The due time; for `assigned` the moment at which the assignment was made. */
  readonly about: Date;
}

/** Whom a reminder may be for. */
export interface Remindable {
  readonly terms: Terms;
  /** When the assignment was made. */
  readonly madeAt: Date;
  /** Since when it is asked of the person. */
  readonly since: Date;
  readonly extension: Extension | null;
}

const HOUR = 3_600_000;
/** After an outage an older one would only confuse. */
const STALE_AFTER = 48 * HOUR;

/** The reminder whose time has come, whether or not it was sent; at most one: the latest. */
export function dueReminder(person: Remindable, now: Date): DueReminder | null {
  const { terms, madeAt, since, extension } = person;
  const dueAt = extension?.dueAt ?? terms.dueAt;
  if (terms.withdrawnAt || since > dueAt) return null;
  const latest = listMoments(terms, since, dueAt).findLast(({ at }) => at <= now);
  if (!latest || +now - +latest.at > STALE_AFTER) return null;
  const { kind } = latest;
  if (now > dueAt && kind !== 'overdue') return null;
  return { kind, about: kind === 'assigned' ? madeAt : dueAt };
}

/** Whether there is still something to remind of. */
export function isOpen(kind: StandingKind): boolean {
  return ['not-started', 'in-progress', 'overdue'].includes(kind);
}

interface Moment {
  readonly kind: ReminderKind;
  readonly at: Date;
}

/** In the order of time. */
function listMoments({ startsAt, zone, late }: Terms, since: Date, dueAt: Date): Moment[] {
  const begins = new Date(Math.max(+startsAt, +since));
  const later: Moment[] = [
    { kind: 'week', at: daysBefore(dueAt, 7, zone) },
    { kind: 'day', at: daysBefore(dueAt, 1, zone) },
    ...(late === 'accept' ? [{ kind: 'overdue' as const, at: new Date(+dueAt + 1) }] : []),
  ];
  // Who was told of it yesterday does not have to be reminded today.
  const isApart = ({ at }: Moment) => +at - +begins >= 24 * HOUR;
  return [{ kind: 'assigned', at: begins }, ...later.filter(isApart)];
}
