import { z } from 'zod';

/** More than this would need gigabytes for the results of one run. */
const MAX_ARRIVALS = 1_000_000;

/** What to send: one of the bodies is picked per request by the seed. */
const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET'),
  url: z.url({ protocol: /^https?$/, error: 'Write an http:// URL, for example http://triage/.' }),
  headers: z.record(z.string(), z.string()).default({}),
  bodies: z.array(z.string()).default([]),
  /** Keep the text of every answer in the results, up to 4 KB each. For checks, not for load panels. */
  keepAnswers: z.boolean().optional(),
});

/** An open-loop load test. Rates are per second of wall time, durations in seconds. */
export const loadPlanSchema = z
  .strictObject({
    arrivals: z.strictObject({
      process: z.enum(['poisson', 'constant']),
      rate: z.number().positive(),
    }),
    durationSeconds: z.number().positive().max(3600),
    /** Ends the schedule after this many arrivals, if that is before its duration. */
    maxArrivals: z.int().positive().optional(),
    /** Requests scheduled in this first part are sent and counted apart, not in the percentiles. */
    warmupSeconds: z.number().nonnegative().default(0),
    /** Patience of the client, from the moment the request was due. */
    timeoutSeconds: z.number().positive().max(600).default(10),
    seed: z.int().nonnegative(),
    request: requestSchema,
  })
  .refine((plan) => plan.arrivals.rate * plan.durationSeconds <= MAX_ARRIVALS, {
    path: ['arrivals', 'rate'],
    error: `rate x durationSeconds is more than ${MAX_ARRIVALS.toLocaleString('en-GB')} requests. Lower the rate or shorten the run.`,
  })
  .refine((plan) => plan.warmupSeconds < plan.durationSeconds, {
    path: ['warmupSeconds'],
    error: 'The warm-up is as long as the run, so nothing would be measured. Shorten it.',
  });

export type LoadPlan = z.infer<typeof loadPlanSchema>;
