import { z } from 'zod';

/** Variables of the environment that submissions take. */
export const submissionVariables = {
  /** Whether this server grades submissions itself; with `off` they wait for `npm run worker`. */
  DAY2_VERIFY: z.enum(['on', 'off']).default('on'),
  /** How many grades run at once in this process's care. */
  DAY2_VERIFY_CONCURRENCY: z.coerce.number().int().min(1).max(16).default(1),
};

const variables = z.object(submissionVariables);

export type SubmissionEnv = z.infer<typeof variables>;

/** What to write for each variable. */
export const submissionRepairs: Readonly<Record<string, string>> = {
  DAY2_VERIFY: 'write on or off.',
  DAY2_VERIFY_CONCURRENCY: 'give a number from 1 to 16; a grade keeps about two processors busy.',
};
