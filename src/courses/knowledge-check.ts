import { z } from 'zod';
import { identifierSchema } from './identifier.ts';

const why = z.string().min(10, 'every option needs a `why` of at least 10 characters');

const choiceSchema = z.strictObject({ correct: z.boolean().default(false), why });
const stepSchema = z.strictObject({ why });
const mistakeSchema = z.strictObject({ value: z.number(), why });

/** The server grades it and keeps each try; the page does not hold the answer. */
const counts = z.boolean().default(false);
const fewest = {
  error: 'a check that counts needs at least three options: of two, every second guess is right',
  path: ['options'],
};

/** Props of `<Check>` together with those of its `<Option>` children. */
export const knowledgeCheckSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('single'),
      id: identifierSchema,
      counts,
      options: z
        .array(choiceSchema)
        .min(2, 'needs at least two options')
        .refine((options) => countCorrect(options) === 1, 'needs exactly one `correct` option'),
    })
    .refine(hasEnough, fewest),
  z
    .strictObject({
      kind: z.literal('multiple'),
      id: identifierSchema,
      counts,
      options: z
        .array(choiceSchema)
        .min(2, 'needs at least two options')
        .refine((options) => countCorrect(options) >= 1, 'needs at least one `correct` option'),
    })
    .refine(hasEnough, fewest),
  z.strictObject({
    kind: z.literal('order'),
    id: identifierSchema,
    counts,
    /** Written in the right order; shown shuffled. */
    options: z.array(stepSchema).min(3, 'needs at least three options'),
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    id: identifierSchema,
    counts,
    answer: z.number(),
    /** Absolute, in the same unit as the answer. */
    tolerance: z.number().nonnegative(),
    unit: z.string().optional(),
    why,
    /** Likely wrong values, each with the reasoning that leads there. */
    options: z.array(mistakeSchema),
  }),
]);

/** What an author wrote in one `<Check>`, without the texts of its options. */
export type KnowledgeCheck = z.infer<typeof knowledgeCheckSchema>;

function hasEnough(check: { counts: boolean; options: readonly unknown[] }): boolean {
  return !check.counts || check.options.length > 2;
}

function countCorrect(options: readonly { correct: boolean }[]): number {
  return options.filter((option) => option.correct).length;
}
