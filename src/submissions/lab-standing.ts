import { z } from 'zod';
import { verificationStates } from './state.ts';

const moment = z.iso.datetime();

/** What became of a person's newest attempt at a lab, as their browser is told. */
export const labStandingSchema = z.strictObject({
  /** Whether anybody verifies at the moment; otherwise what is sent waits. */
  isStaffed: z.boolean(),
  /** When the server first verified an attempt of theirs at this lab. */
  verifiedAt: moment.nullable(),
  /** Null where none was sent. */
  newest: z
    .strictObject({
      submission: z.uuid(),
      verdictId: z.uuid(),
      submittedAt: moment,
      state: z.enum(verificationStates),
      since: moment,
      reason: z.string().nullable(),
      /** Trouble of ours, after which it is tried again by itself. */
      isTriedAgain: z.boolean(),
      /** How many attempts of anybody were asked for before it and still wait. */
      ahead: z.int().nonnegative(),
      solutionShown: z.boolean(),
      /** The server's seed and measurements beside the browser's, once its grade completed. */
      server: z
        .strictObject({
          seed: z.int(),
          checks: z.array(
            z.strictObject({
              title: z.string(),
              status: z.enum(['pass', 'fail', 'error', 'skipped']),
              bar: z.string().nullable(),
              server: z.string().nullable(),
              browser: z.string().nullable(),
            }),
          ),
        })
        .nullable(),
      /** When other learners of the organisation sent files that are alike; managers see it as a question. */
      alike: z.array(z.strictObject({ submittedAt: moment, share: z.number() })),
    })
    .nullable(),
});

export type LabStanding = z.infer<typeof labStandingSchema>;
