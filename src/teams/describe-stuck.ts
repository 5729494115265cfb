import type { Stuck } from './db/stuck.ts';

/** How long a person has been stuck: `for 5 days, over 4 attempts`. */
export function describeStuck({ since, attempts }: Pick<Stuck, 'since' | 'attempts'>, now: Date) {
  return `${forHowLong(since, now)}, over ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}`;
}

function forHowLong(since: Date, now: Date): string {
  const hours = Math.max(0, (+now - +since) / 3_600_000);
  const [value, unit] = hours >= 48 ? [hours / 24, 'day'] : [hours, 'hour'];
  const whole = Math.floor(value);
  if (whole === 0) return 'for less than an hour';
  return `for ${whole} ${unit}${whole === 1 ? '' : 's'}`;
}

/** A check's id as words, where its title is not at hand: `no-early-traffic` is `no early traffic`. */
export function nameCheck(id: string | null): string {
  return id === null ? 'no check of it' : id.replaceAll('-', ' ');
}
