import { z } from 'zod';
import { verdictSchema } from '#grading/verdict.ts';

/** What the process that grades is given on its standard input, as one line of JSON. */
export const gradeOrderSchema = z.strictObject({
  lab: z.string(),
  files: z.record(z.string(), z.string()),
  seed: z.int().nonnegative(),
  limitMs: z.int().positive(),
  dist: z.string(),
});

/** What it prints at its end, as one line of JSON. */
export const gradeAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('graded'),
    verdict: verdictSchema,
    /** How late a timer of this process came, the 99th percentile: how busy the machine was. */
    lateMs: z.number().nonnegative(),
    /** Addresses other than the site's that the browser asked for; all were refused. */
    refused: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    /** For whoever sent the files. */
    reason: z.string(),
    /** For the log alone: it may name paths of this machine. */
    detail: z.string().optional(),
  }),
]);

export type GradeOrder = z.infer<typeof gradeOrderSchema>;
export type GradeAnswer = z.infer<typeof gradeAnswerSchema>;
