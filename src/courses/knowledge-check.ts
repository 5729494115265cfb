import { z } from 'zod';
import { identifierSchema } from './identifier.ts';

const why = z.string().min(10, 'every option needs a `why` of at least 10 characters');

const choiceSchema = z.strictObject({ correct: z.boolean().default(false), why });
const stepSchema = z.strictObject({ why });
const mistakeSchema = z.strictObject({ value: z.number(), why });

/** Props of `<Check>` together with those of its `<Option>` children. */
export const knowledgeCheckSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('single'),
    id: identifierSchema,
    options: z
      .array(choiceSchema)
      .min(2, 'needs at least two options')
      .refine((options) => countCorrect(options) === 1, 'needs exactly one `correct` option'),
  }),
  z.strictObject({
    kind: z.literal('multiple'),
    id: identifierSchema,
    options: z
      .array(choiceSchema)
      .min(2, 'needs at least two options')
      .refine((options) => countCorrect(options) >= 1, 'needs at least one `correct` option'),
  }),
  z.strictObject({
    kind: z.literal('order'),
    id: identifierSchema,
    /** Written in the right order; shown shuffled. */
    options: z.array(stepSchema).min(3, 'needs at least three options'),
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    id: identifierSchema,
    answer: z.number(),
    /** Absolute, in the same unit as the answer. */
    tolerance: z.number().nonnegative(),
    unit: z.string().optional(),
    why,
    /** Likely wrong values, each with the reasoning that leads there. */
    options: z.array(mistakeSchema),
  }),
]);

function countCorrect(options: readonly { correct: boolean }[]): number {
  return options.filter((option) => option.correct).length;
}
