import { z } from 'zod';
import { identifierSchema } from '#courses/identifier.ts';

const lessonId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'a lesson as `<course>/<lesson>`');
const itemId = z.union([identifierSchema, lessonId]);

const itemSchema = z
  .strictObject({
    course: identifierSchema.optional(),
    lesson: lessonId.optional(),
    lab: identifierSchema.optional(),
    /** May be left out. */
    optional: z.boolean().default(false),
    /** Ids of items above this one that come first. */
    after: z.array(itemId).default([]),
  })
  .refine(({ course, lesson, lab }) => [course, lesson, lab].filter(Boolean).length === 1, {
    error: 'name exactly one of `course`, `lesson` and `lab` in each item',
  });

/** The items of a path as authors write them, in order. */
export const pathItemsSchema = z.array(itemSchema).min(1, 'a path has at least one item').max(100);

export const pathTitle = textOf(3, 80);
export const pathSummary = textOf(20, 300);

/** `content/paths/<id>.yaml`. */
export const pathSchema = z.strictObject({
  title: pathTitle,
  /** One or two sentences for the catalogue. */
  summary: pathSummary,
  /** Place in the catalogue, lowest first. */
  order: z.int().min(1),
  items: pathItemsSchema,
});

export type PathItems = z.infer<typeof pathItemsSchema>;
type WrittenItem = PathItems[number];

/** What an item names. */
export function itemOf({ course, lesson, lab }: WrittenItem): {
  kind: 'course' | 'lesson' | 'lab';
  id: string;
} {
  if (course) return { kind: 'course', id: course };
  return lesson ? { kind: 'lesson', id: lesson } : { kind: 'lab', id: lab ?? '' };
}

function textOf(least: number, most: number) {
  const bounds = `Use ${least} to ${most} characters.`;
  return z.string().trim().min(least, bounds).max(most, bounds);
}
