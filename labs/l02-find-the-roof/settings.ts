import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';
import { findBadFormula } from './start/law.ts';

/** bench.yaml. */
export const benchSchema = z.strictObject({
  batches: z
    .array(z.int().min(1).max(32))
    .min(2, 'One batch is no sweep. Write at least two.')
    .max(10, 'That is more than ten batches. Take some out.')
    .refine(
      (batches) => batches.every((batch, at) => batch > (batches[at - 1] ?? 0)),
      'Batches must grow from one to the next. Sort them and take out what is there twice.',
    ),
  warm_up: z.int().min(0).max(20),
  repeats: z.int().min(1).max(30),
  timed: z.enum(['step', 'request', 'everything']),
  summary: z.enum(['quickest', 'median', 'mean', 'first']),
});

const formulaSchema = z
  .union([z.string().max(500), z.number()], 'A formula is text or a number. Write one.')
  .transform(String);

/** Every batch that a sweep may have: which of them this one has is known only to the grade and to the pod. */
const EVERY_BATCH = Array.from({ length: 32 }, (_, at) => at + 1);

/** answer.yaml. */
export const answerSchema = z
  .strictObject({
    formulas: z.record(
      z
        .string()
        .regex(/^[a-z][a-z0-9_]*$/, 'A name has small letters, digits and underscores. Rename it.'),
      formulaSchema,
    ),
  })
  .superRefine((answer, context) => {
    const bad = findBadFormula(answer, EVERY_BATCH);
    if (!bad) return;
    const message = `${bad.message} ${bad.repair}`;
    context.addIssue({ code: 'custom', path: ['formulas', bad.name], message });
  });

export const settings: LabSettings = { 'bench.yaml': benchSchema, 'answer.yaml': answerSchema };
