import { z } from 'zod';

/** One check in the verdict. `error` is trouble of ours and costs no points; `skipped` was not reached. */
const checkResultSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** The instruction of the brief that this step belongs to. */
  instruction: z.string(),
  status: z.enum(['pass', 'fail', 'error', 'skipped']),
  /** Points gained. */
  points: z.number().nonnegative(),
  pointsPossible: z.number().nonnegative(),
  /** null unless the check passed or failed. */
  measured: z.string().nullable(),
  bar: z.string().nullable(),
  why: z.string().nullable(),
  /** What to look at next; only beside a failure. */
  hint: z.string().nullable(),
  durationMs: z.number().nonnegative(),
});

/** How the run went, apart from what it found: a learner never loses points to it. */
const runStatusSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('completed') }),
  z.strictObject({ status: z.literal('cancelled') }),
  z.strictObject({ status: z.literal('errored'), reason: z.string() }),
]);

/** The result of grading one attempt at one lab. */
export const verdictSchema = z
  .strictObject({
    version: z.literal(1),
    id: z.uuid(),
    lab: z.string(),
    labVersion: z.int().positive(),
    seed: z.int().nonnegative(),
    run: runStatusSchema,
    /** null when the run did not complete. */
    result: z.enum(['pass', 'fail']).nullable(),
    points: z.number().nonnegative(),
    pointsPossible: z.number().nonnegative(),
    checks: z.array(checkResultSchema),
    solutionShown: z.boolean(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
  })
  .refine((verdict) => (verdict.run.status === 'completed') === (verdict.result !== null), {
    path: ['result'],
    error: 'A run that completed has a result, and only such a run has one.',
  });

export type Verdict = z.infer<typeof verdictSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;
