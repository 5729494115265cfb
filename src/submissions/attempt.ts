import { z } from 'zod';
import { verdictSchema } from '#grading/verdict.ts';

/** What one file of an attempt may hold, in characters. */
const longestFile = 64 * 1024;
/** What a verdict may take as JSON, in characters; that of the largest lab takes about 6,000. */
const longestVerdict = 64 * 1024;
/** How many files an attempt may have; no lab has more that a learner changes. */
const mostFiles = 32;

/** An attempt that passed in the browser, as it is sent to be verified. Sent again it is the same one. */
export const attemptSchema = z.strictObject({
  verdict: verdictSchema.refine((verdict) => JSON.stringify(verdict).length <= longestVerdict, {
    error: `At most ${longestVerdict / 1024} KiB.`,
  }),
  /** Those that the lab lets a learner change. */
  files: z
    .record(z.string().max(200), z.string().max(longestFile))
    .refine((files) => Object.keys(files).length <= mostFiles, {
      error: `At most ${mostFiles} files.`,
    }),
});

export type Attempt = z.infer<typeof attemptSchema>;
