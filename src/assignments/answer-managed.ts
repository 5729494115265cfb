import { z } from 'zod';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import type { Asker } from './asker.ts';
import { extendAssignment } from './extend.ts';
import { joined, placeDue } from './moment.ts';
import { place } from './parse-assignment.ts';
import type { ManagedAssignment } from './read-managed.ts';
import { withdrawAssignment } from './withdraw.ts';

const reason = z
  .string({ error: 'Say why, in a few words.' })
  .trim()
  .min(3, 'Say why, in a few words.')
  .max(300, 'Use at most 300 characters.');

const extension = z.object({
  person: z.string({ error: 'Choose a person.' }).min(1, 'Choose a person.'),
  'due-day': z.string().trim().min(1, 'Choose the new last day.'),
  'due-time': z.string().trim().default(''),
  reason,
});

const gone = 'This assignment was withdrawn meanwhile. Nothing was changed.';

/** Extends or withdraws an assignment as one of the forms of its page says; null where nothing was posted. */
export async function answerManaged(
  asker: Asker,
  managed: ManagedAssignment,
  request: Request,
  now = new Date(),
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  if (form.name === 'extend') return extend(asker, managed, form, now);
  if (form.name === 'withdraw') return withdraw(asker, managed, form);
  return refuse(form, 404, 'This page has no such form. Reload it.');
}

/** A manager may extend for each of the people whom they see, also of an assignment that they may not change. */
async function extend(
  asker: Asker,
  { assignment, people }: ManagedAssignment,
  form: Form,
  now: Date,
): Promise<FormAnswer> {
  const parsed = parseForm(form, extension);
  if ('refusal' in parsed) return parsed.refusal;
  const { person, reason: why } = parsed.data;
  const errors: Record<string, string> = {};
  if (!people.some((entry) => entry.person.person === person))
    errors['person'] = 'This assignment is not asked of that person. Choose another.';
  const dueLocal = joined(parsed.data['due-day'], parsed.data['due-time']);
  const { terms } = assignment;
  const dueAt = place('due', dueLocal, terms.zone, placeDue, errors);
  const floor = terms.dueAt > now ? terms.dueAt : now;
  if (dueAt && dueAt <= floor)
    errors['due-day'] = 'More time ends later than the assignment itself, and later than now.';
  if (!dueAt || Object.keys(errors).length > 0) return refuse(form, 422, errors);
  const draft = { person, dueLocal, dueAt, reason: why };
  if (!(await extendAssignment(asker, assignment.id, draft))) return refuse(form, 409, gone);
  return done(`/assignments/${assignment.id}/?done=extended#people`);
}

async function withdraw(
  asker: Asker,
  { assignment, mayChange }: ManagedAssignment,
  form: Form,
): Promise<FormAnswer> {
  if (!mayChange) return refuse(form, 403, 'It is for people too whom you do not manage.');
  const parsed = parseForm(form, z.object({ reason }));
  if ('refusal' in parsed) return parsed.refusal;
  if (!(await withdrawAssignment(asker, assignment.id, parsed.data.reason)))
    return refuse(form, 409, gone);
  return done(`/assignments/${assignment.id}/?done=withdrawn`);
}
