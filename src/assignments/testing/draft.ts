import type { OfferedPath } from '#paths/offered.ts';
import type { AssignmentDraft } from '../parse-assignment.ts';
import { content } from './example.ts';

/** The example path as one that came with Day Two. */
export const shippedPath: OfferedPath = {
  id: 'example',
  content,
  version: null,
  source: '',
  isRetired: false,
};

/** A usable draft that began yesterday and ends in a week, counted from now. */
export function draftFor(more: Partial<AssignmentDraft>): AssignmentDraft {
  const day = 86_400_000;
  return {
    note: '',
    startsLocal: '2026-01-01',
    dueLocal: '2026-01-08',
    zone: 'Europe/Berlin',
    startsAt: new Date(Date.now() - day),
    dueAt: new Date(Date.now() + 7 * day),
    late: 'accept',
    optional: [],
    teams: [],
    people: [],
    ...more,
  };
}
