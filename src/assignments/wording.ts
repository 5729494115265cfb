import type { Standing, StandingKind } from './standing.ts';

const kinds: Readonly<Record<StandingKind, string>> = {
  'not-asked': 'Not asked',
  withdrawn: 'Withdrawn',
  upcoming: 'Not begun yet',
  'not-started': 'Not started',
  'in-progress': 'In progress',
  done: 'Done',
  'done-late': 'Done late',
  overdue: 'Overdue',
  closed: 'Closed, not done',
};

/** A standing in a few words: `In progress, 2 of 5`. */
export function showStanding({ kind, done, of }: Pick<Standing, 'kind' | 'done' | 'of'>): string {
  const hasCount = ['in-progress', 'overdue', 'closed', 'upcoming'].includes(kind) && done > 0;
  return hasCount ? `${kinds[kind]}, ${done} of ${of}` : kinds[kind];
}

/** How far a due time is away: `in 3 days`, `2 hours ago`. */
export function showDistance(at: Date, now: Date): string {
  const minutes = (+at - +now) / 60_000;
  const [value, unit] =
    Math.abs(minutes) >= 2880
      ? [minutes / 1440, 'day' as const]
      : Math.abs(minutes) >= 120
        ? [minutes / 60, 'hour' as const]
        : [minutes, 'minute' as const];
  return new Intl.RelativeTimeFormat('en-GB').format(Math.trunc(value), unit);
}
