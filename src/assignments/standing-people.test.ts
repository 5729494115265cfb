import { expect, test } from 'vitest';
import { all, at, due, extension, later, mid, shift, standing, terms } from './testing/example.ts';

test('an extension moves one person to its own end, also after the first one has passed', () => {
  const now = at('2026-04-05T09:00');
  const state = standing([], now, { extension });
  expect([state.kind, state.dueAt, state.extension]).toEqual([
    'not-started',
    extension.dueAt,
    extension,
  ]);
  expect(standing(all(at('2026-04-09T09:00')), later, { extension }).kind).toBe('done');
  expect(standing(all(shift(extension.dueAt, 1)), later, { extension }).kind).toBe('done-late');
  expect(standing([], later, { extension }).kind).toBe('overdue');
});

test('an extension opens a closed assignment again', () => {
  const closing = terms({ late: 'close' });
  expect(standing(all(at('2026-04-09T09:00')), later, { extension }, closing).kind).toBe('done');
});

test('who joins the team while it runs has it, with the same end', () => {
  const state = standing([], mid, { since: at('2026-03-09T00:00') });
  expect([state.kind, state.dueAt]).toEqual(['not-started', due]);
});

test('who joins the team after the end is not asked, unless they get time of their own', () => {
  const since = shift(due, 1);
  expect(standing([], later, { since }).kind).toBe('not-asked');
  expect(standing(all(mid), later, { since }).kind).toBe('not-asked');
  expect(standing([], at('2026-04-05T09:00'), { since, extension }).kind).toBe('not-started');
});

test('who left is not asked, whatever they had done', () => {
  expect(standing([], later, { since: null }).kind).toBe('not-asked');
  expect(standing(all(mid), later, { since: null, extension }).kind).toBe('not-asked');
});

test('a withdrawn assignment asks nothing of anybody', () => {
  const gone = terms({ withdrawnAt: mid });
  expect(standing([], later, {}, gone).kind).toBe('withdrawn');
  expect(standing(all(mid), later, {}, gone).kind).toBe('withdrawn');
});
