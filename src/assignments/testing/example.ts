import type { PathContent, Unit } from '#paths/version.ts';
import type { Deed } from '../deed.ts';
import { placeDue, placeStart } from '../moment.ts';
import { standingOf, type Assigned } from '../standing.ts';
import type { Extension, Terms } from '../terms.ts';

const lesson = (id: string, ...checks: string[]): Unit => ({
  kind: 'lesson',
  id: `course/${id}`,
  title: id,
  minutes: 10,
  checks,
});
export const lab = (id: string): Unit => ({ kind: 'lab', id, title: id, minutes: 30 });
const one = lesson('one', 'a', 'b');
const two = lesson('two');
export const item = (
  id: string,
  units: Unit[],
  more: Partial<PathContent['items'][number]> = {},
) => ({
  kind: 'lesson' as const,
  id,
  title: id,
  optional: false,
  after: [],
  units,
  ...more,
});
export const content: PathContent = {
  title: 'Path',
  summary: 'Three items.',
  items: [
    item('course', [one, two], { kind: 'course' }),
    item('l06', [lab('l06')], { kind: 'lab', after: ['course'] }),
    item('l07', [lab('l07')], { kind: 'lab', optional: true }),
  ],
};

export const at = (text: string) => new Date(text.length > 16 ? text : `${text}:00Z`);
export const moment = (placed: ReturnType<typeof placeDue>) => {
  if ('skipped' in placed) throw new Error(placed.skipped);
  return placed.instant;
};
export const terms = (more: Partial<Terms> = {}): Terms => ({
  startsAt: moment(placeStart('2026-03-02', 'Europe/Berlin')),
  dueAt: moment(placeDue('2026-03-31', 'Europe/Berlin')),
  zone: 'Europe/Berlin',
  late: 'accept',
  optional: [],
  withdrawnAt: null,
  ...more,
});
export const due = terms().dueAt;

export const read = (name: string, when: Date, receivedAt = when): Deed => ({
  kind: 'lesson-read',
  lesson: `course/${name}`,
  at: when,
  receivedAt,
});
export const unread = (name: string, when: Date): Deed =>
  ({ ...read(name, when), kind: 'lesson-unread' }) as Deed;
export const answer = (check: string, when: Date, receivedAt = when): Deed => ({
  kind: 'check-answered',
  lesson: 'course/one',
  check,
  at: when,
  receivedAt,
});
export const verdict = (id: string, when: Date, passed = true, receivedAt = when): Deed => ({
  kind: 'verdict',
  lab: id,
  passed,
  at: when,
  receivedAt,
});
export const all = (when: Date, receivedAt = when): Deed[] => [
  read('one', when, receivedAt),
  answer('a', when, receivedAt),
  answer('b', when, receivedAt),
  read('two', when, receivedAt),
  verdict('l06', when, true, receivedAt),
];
export const mid = at('2026-03-10T09:00');
export const later = at('2026-04-20T09:00');

export const person = (deeds: Deed[] = [], more: Partial<Assigned> = {}): Assigned => ({
  since: at('2026-03-01T00:00'),
  extension: null,
  deeds,
  ...more,
});
export const standing = (deeds: Deed[], now = mid, more: Partial<Assigned> = {}, over = terms()) =>
  standingOf(over, content, person(deeds, more), now);
export const shift = (moment: Date, ms: number) => new Date(+moment + ms);

export const extension: Extension = {
  dueAt: moment(placeDue('2026-04-10', 'Europe/Berlin')),
  reason: 'On parental leave.',
  grantedAt: at('2026-04-01T09:00'),
};
