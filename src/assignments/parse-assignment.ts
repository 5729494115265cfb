import { z } from 'zod';
import type { PathContent } from '#paths/version.ts';
import type { Form, FormAnswer } from '#forms/answer.ts';
import { refuse } from '#forms/answer.ts';
import { parseForm } from '#forms/read-form.ts';
import type { Choices } from './db/list-choices.ts';
import {
  canonicalZone,
  isLocalMoment,
  joined,
  placeDue,
  placeStart,
  type Placed,
} from './moment.ts';
import { latePolicies, type LatePolicy } from './terms.ts';

/** What somebody typed of an assignment, all of it usable. */
export interface AssignmentDraft {
  readonly note: string;
  readonly startsLocal: string;
  readonly dueLocal: string;
  readonly zone: string;
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly late: LatePolicy;
  readonly optional: readonly string[];
  readonly teams: readonly string[];
  readonly people: readonly string[];
}

/** What a draft is held against. */
export interface DraftBounds {
  readonly content: PathContent;
  readonly choices: Choices;
  /** A new due time must be later; null where it was not changed. */
  readonly now: Date | null;
}

const day = (missing: string) => z.string({ error: missing }).trim().min(1, missing);
const time = z.string().trim().default('');

const shape = z.object({
  note: z.string().trim().max(500, 'Use at most 500 characters.').default(''),
  'starts-day': day('Choose the first day.'),
  'starts-time': time,
  'due-day': day('Choose the last day.'),
  'due-time': time,
  zone: z.string().trim().min(1, 'Name a time zone, for example Europe/Berlin or UTC.'),
  late: z.enum(latePolicies, { error: 'Choose what happens with late work.' }),
});

/** Fields from top to bottom, so that the first fault is the first on the screen. */
const inOrder = [
  'targets',
  'people',
  'starts-day',
  'starts-time',
  'due-day',
  'due-time',
  'zone',
  'late',
  'optional',
  'note',
];

/** Reads the form of an assignment; every field that is not usable is named with its repair. */
export function parseAssignment(
  form: Form,
  { content, choices, now }: DraftBounds,
): { readonly draft: AssignmentDraft } | { readonly refusal: FormAnswer } {
  const parsed = parseForm(form, shape);
  const errors = 'refusal' in parsed ? { ...parsed.refusal.errors } : {};
  const typed = (name: string): string => (form.fields[name] ?? '').trim();
  const zone = readZone(typed('zone'), errors);
  const startsLocal = joined(typed('starts-day'), typed('starts-time'));
  const dueLocal = joined(typed('due-day'), typed('due-time'));
  const startsAt = place('starts', startsLocal, zone, placeStart, errors);
  const dueAt = place('due', dueLocal, zone, placeDue, errors);
  if (startsAt && dueAt) checkOrder(startsAt, dueAt, now, errors);
  const chosen = readTargets(form, choices, errors);
  const optional = readOptional(form, content, errors);
  if ('refusal' in parsed || !zone || !startsAt || !dueAt || Object.keys(errors).length > 0)
    return { refusal: refuse(form, 422, sorted(errors)) };
  const { note, late } = parsed.data;
  return {
    draft: { note, startsLocal, dueLocal, zone, startsAt, dueAt, late, optional, ...chosen },
  };
}

function readZone(text: string, errors: Record<string, string>): string | null {
  if (errors['zone']) return null;
  const zone = canonicalZone(text);
  if (!zone)
    errors['zone'] =
      `"${text}" is not in the time zone database. Write a place such as Europe/Berlin, or UTC.`;
  return zone;
}

function sorted(errors: Readonly<Record<string, string>>): Record<string, string> {
  const place = (name: string): number => inOrder.indexOf(name);
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => place(a) - place(b)));
}

/** Reads a day and a time of a form as a due moment; puts what is wrong into `errors` under `<name>-day` or `<name>-time`. */
export function place(
  name: string,
  local: string,
  zone: string | null,
  toPlaced: (local: string, zone: string) => Placed,
  errors: Record<string, string>,
): Date | null {
  // A day that is missing has its fault already.
  if (errors[`${name}-day`]) return null;
  if (!isLocalMoment(local)) {
    errors[`${name}-day`] = 'This is not a day of the calendar. Write it as 2026-12-31.';
    if (local.includes('T') && isLocalMoment(local.split('T')[0] ?? '')) {
      delete errors[`${name}-day`];
      errors[`${name}-time`] = 'Write the time as 17:00, or leave it empty.';
    }
    return null;
  }
  if (!zone) return null;
  const placed = toPlaced(local, zone);
  if ('instant' in placed) return placed.instant;
  errors[`${name}-time`] =
    `Clocks in ${zone} skip this time on that day. The next one there is ${placed.instead.replace('T', ', ')}.`;
  return null;
}

function checkOrder(
  startsAt: Date,
  dueAt: Date,
  now: Date | null,
  errors: Record<string, string>,
): void {
  if (dueAt <= startsAt) errors['due-day'] = 'It ends before it begins. Choose a later day.';
  else if (now && dueAt <= now)
    errors['due-day'] = 'This has passed already. Choose a moment that is still to come.';
}

/** Only what is among the choices counts: another id in a posted form is none of the person's business. */
function readTargets(
  form: Form,
  { teams, people }: Choices,
  errors: Record<string, string>,
): Pick<AssignmentDraft, 'teams' | 'people'> {
  const isTeam = new Set(teams.map(({ id }) => id));
  const isPerson = new Set(people.map(({ id }) => id));
  const chosen = {
    teams: checked(form, 'team:').filter((id) => isTeam.has(id)),
    people: checked(form, 'person:').filter((id) => isPerson.has(id)),
  };
  if (chosen.teams.length + chosen.people.length === 0)
    // Beside the first of the two that is on the page.
    errors[teams.length > 0 ? 'targets' : 'people'] = 'Choose at least one team or person.';
  return chosen;
}

function readOptional(
  form: Form,
  { items }: PathContent,
  errors: Record<string, string>,
): string[] {
  const named = new Set(checked(form, 'optional:'));
  const optional = items.filter(({ id }) => named.has(id)).map(({ id }) => id);
  if (items.every((item) => item.optional || named.has(item.id)))
    errors['optional'] = 'Leave at least one item required.';
  return optional;
}

/** The rest of the names of the boxes that are ticked, of those whose names start with the prefix. */
function checked({ fields }: Form, prefix: string): string[] {
  return Object.keys(fields)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}
