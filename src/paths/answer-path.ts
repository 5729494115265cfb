import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '#accounts/read-person.ts';
import { readPathItems } from '#courses/read-path-items.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import { writeAudit, type Queries } from '#platform/audit.ts';
import type { Problem } from '#platform/problem.ts';
import { findLatest } from './db/versions.ts';
import { pathSummary, pathTitle, type PathItems } from './path.ts';
import { resolveItems, type Learnables } from './resolve-items.ts';
import { path, pathVersion } from './tables.ts';
import type { PathContent } from './version.ts';

/** Who composes a path, and what it can be made of. */
export interface Composing {
  readonly db: Queries;
  readonly person: Person;
  readonly learnables: Learnables;
  /** Id of the path; null for a new one. */
  readonly path: string | null;
}

const longestItems = 20_000;

const shape = z.object({
  title: pathTitle.min(3, 'Write a title of 3 to 80 characters.'),
  summary: pathSummary.min(20, 'Write one or two sentences, 20 to 300 characters.'),
  items: z.string().max(longestItems, 'Use at most 20,000 characters.'),
  /** The newest version that the form showed; 0 for a new path. */
  base: z.coerce.number().int().min(0),
});

/** Whether somebody may compose paths in the organisation that they are looking at. */
export function mayCompose({ current }: Person): boolean {
  return current !== null && current.role !== 'learner';
}

/** Publishes what was typed as the next version of a path, or retires the path; null where nothing was posted. */
export async function answerPath(
  composing: Composing,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  if (!mayCompose(composing.person))
    return refuse(form, 403, 'Only authors, managers and admins compose paths.');
  if (form.name === 'publish') return publish(composing, form);
  if (form.name === 'retire') return retire(composing, form);
  return refuse(form, 404, 'This page has no such form. Reload it.');
}

async function publish(composing: Composing, form: Form): Promise<FormAnswer> {
  const parsed = parseForm(form, shape);
  const text = form.fields['items'] ?? '';
  // What is too long is refused and not read: it would keep everybody waiting.
  const { items, problems } =
    text.length > longestItems
      ? { items: null, problems: [] }
      : readItems(text, composing.learnables);
  const fault = problems.length > 0 ? { items: problems.map(showProblem).join('\n') } : {};
  if ('refusal' in parsed)
    return { ...parsed.refusal, errors: { ...parsed.refusal.errors, ...fault } };
  if (!items) return refuse(form, 422, fault);
  const { title, summary, base } = parsed.data;
  const content = { title, summary, items: resolveItems(items, composing.learnables) };
  const id = await store(composing, content, text, base);
  if (id === null)
    return refuse(
      form,
      409,
      'Somebody published another version meanwhile. What you typed is kept below. Compare it with that version in another tab; publishing again puts yours on top.',
    );
  return done(`/paths/${id}/?done=published`);
}

/** Resolves to the id of the path; null where the base is not the newest version. */
async function store(
  { db, person, path: known }: Composing,
  content: PathContent,
  source: string,
  base: number,
): Promise<string | null> {
  const organisation = person.current?.organisation ?? '';
  const id = known ?? randomUUID();
  return db.transaction(async (tx) => {
    if (known === null) {
      await tx.insert(path).values({ id, organizationId: organisation, createdBy: person.id });
    } else {
      await tx.select().from(path).where(eq(path.id, id)).for('update');
      const latest = await findLatest(tx, organisation, id);
      if (latest?.version !== base) return null;
    }
    const version = base + 1;
    const publishedBy = person.id;
    await tx
      .insert(pathVersion)
      .values({ pathId: id, version, organizationId: organisation, content, source, publishedBy });
    await tx.update(path).set({ retiredAt: null }).where(eq(path.id, id));
    await writeAudit(tx, {
      actor: person.id,
      action: 'path published',
      subject: `path:${id}`,
      details: { organisation, version },
    });
    return id;
  });
}

async function retire({ db, person, path: id }: Composing, form: Form): Promise<FormAnswer> {
  const organisation = person.current?.organisation ?? '';
  const isDone = await db.transaction(async (tx) => {
    const rows = await tx
      .update(path)
      .set({ retiredAt: new Date() })
      .where(
        and(eq(path.id, id ?? ''), eq(path.organizationId, organisation), isNull(path.retiredAt)),
      )
      .returning();
    if (rows.length === 0) return false;
    await writeAudit(tx, {
      actor: person.id,
      action: 'path retired',
      subject: `path:${id}`,
      details: { organisation },
    });
    return true;
  });
  if (!isDone) return refuse(form, 409, 'This path is no longer offered already.');
  return done(`/paths/${id}/?done=retired`);
}

function readItems(
  text: string,
  { courses, lessons, labs }: Learnables,
): { items: PathItems | null; problems: readonly Problem[] } {
  return readPathItems(text, {
    course: new Set(courses.keys()),
    lesson: new Set(lessons.keys()),
    lab: new Set(labs.keys()),
  });
}

function showProblem({ line, field, message, repair }: Problem): string {
  const where = line === undefined ? '' : `Line ${line}${field ? `, ${field}` : ''}: `;
  return `${where}${message} ${repair}`;
}
