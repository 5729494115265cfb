import type { OfferedPath } from '#paths/offered.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { readForm } from '#forms/read-form.ts';
import type { Asker } from './asker.ts';
import type { Assignment } from './assignment.ts';
import { assign, changeAssignment } from './assign.ts';
import { listChoices, type Choices } from './db/list-choices.ts';
import { joined } from './moment.ts';
import { parseAssignment } from './parse-assignment.ts';
import type { ManagedAssignment } from './read-managed.ts';
import { scopeOf } from './scope.ts';

/** Whom somebody may give work to. */
export function listMyChoices({ db, membership }: Asker): Promise<Choices> {
  return listChoices(db, membership.organisation, scopeOf(membership));
}

/** Assigns a path as the form says; null where nothing was posted. */
export async function answerNew(
  asker: Asker,
  path: OfferedPath,
  request: Request,
  now = new Date(),
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const choices = await listMyChoices(asker);
  const parsed = parseAssignment(form, { content: path.content, choices, now });
  if ('refusal' in parsed) return parsed.refusal;
  const id = await assign(asker, path, parsed.draft);
  return done(`/assignments/${id}/?done=assigned`);
}

/** Changes an assignment as the form says; `newest` is its path today. Null where nothing was posted. */
export async function answerEdit(
  asker: Asker,
  managed: ManagedAssignment,
  newest: OfferedPath | null,
  request: Request,
  now = new Date(),
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const closed = refuseClosed(managed, form);
  if (closed) return closed;
  const { assignment } = managed;
  const newer = form.fields['move-on'] ? newest : null;
  const content = newer?.content ?? assignment.content;
  const choices = await listMyChoices(asker);
  const bounds = { content, choices, now: hasSameDue(form, assignment) ? null : now };
  const parsed = parseAssignment(form, bounds);
  if ('refusal' in parsed) return parsed.refusal;
  if (!(await changeAssignment(asker, assignment, revisionOf(form), parsed.draft, newer)))
    return refuse(
      form,
      409,
      'Somebody else changed or withdrew this assignment meanwhile. What you typed is kept below. Compare it with the assignment in another tab; sending it again puts yours in its place.',
    );
  return done(`/assignments/${assignment.id}/?done=changed`);
}

function refuseClosed({ assignment, mayChange }: ManagedAssignment, form: Form): FormAnswer | null {
  if (!mayChange) return refuse(form, 403, 'It is for people too whom you do not manage.');
  if (!assignment.terms.withdrawnAt) return null;
  return refuse(
    form,
    410,
    'Somebody withdrew this assignment meanwhile, so that it cannot be changed any more. What you typed is kept below.',
  );
}

/** The revision that the form showed; what is none is that of no assignment. */
function revisionOf({ fields }: Form): number {
  const shown = Number(fields['revision']);
  return Number.isInteger(shown) ? shown : -1;
}

function hasSameDue({ fields }: Form, { dueLocal, terms }: Assignment): boolean {
  const typed = joined(fields['due-day'] ?? '', fields['due-time'] ?? '');
  return typed === dueLocal && fields['zone'] === terms.zone;
}
