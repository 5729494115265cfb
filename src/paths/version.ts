import { z } from 'zod';

const lessonUnit = z.strictObject({
  kind: z.literal('lesson'),
  /** `<course>/<lesson>`. */
  id: z.string(),
  title: z.string(),
  minutes: z.number(),
  /** Ids of its knowledge checks. */
  checks: z.array(z.string()),
  /** Of these, the ones that count: the server must have graded them right. Absent where none does. */
  counted: z.array(z.string()).optional(),
});

const labUnit = z.strictObject({
  kind: z.literal('lab'),
  id: z.string(),
  title: z.string(),
  minutes: z.number(),
});

const unit = z.discriminatedUnion('kind', [lessonUnit, labUnit]);

const item = z.strictObject({
  kind: z.enum(['course', 'lesson', 'lab']),
  /** Unique in its path. */
  id: z.string(),
  title: z.string(),
  optional: z.boolean(),
  /** Ids of items before this one. */
  after: z.array(z.string()),
  units: z.array(unit).min(1),
});

/** A path as it was published: a course that grows later does not make it longer. */
export const pathContentSchema = z.strictObject({
  title: z.string(),
  summary: z.string(),
  items: z.array(item).min(1),
});

/** What one can read, answer or pass by itself. */
export type Unit = z.infer<typeof unit>;
export type PathItem = z.infer<typeof item>;
export type PathContent = z.infer<typeof pathContentSchema>;

/** One published version of a path. */
export interface PathVersion {
  readonly path: string;
  /** From 1. */
  readonly version: number;
  readonly content: PathContent;
}

/** Where a unit is read or done. */
export function addressOf({ kind, id }: Pick<Unit, 'kind' | 'id'>): string {
  return kind === 'lesson' ? `/courses/${id}/` : `/labs/${id}/`;
}

/** Minutes that the required items take, each unit counted once. */
export function minutesOf({ items }: PathContent): number {
  const units = items.filter(({ optional }) => !optional).flatMap((entry) => entry.units);
  const minutes = new Map(units.map((part) => [`${part.kind} ${part.id}`, part.minutes]));
  return [...minutes.values()].reduce((sum, value) => sum + value, 0);
}
