import { z } from 'zod';

/** What to send: one of the bodies is picked per request by the seed. */
const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET'),
  url: z.url(),
  headers: z.record(z.string(), z.string()).default({}),
  bodies: z.array(z.string()).default([]),
});

/** An open-loop load test. Rates are per second of wall time, durations in seconds. */
export const loadPlanSchema = z.strictObject({
  arrivals: z.strictObject({
    process: z.enum(['poisson', 'constant']),
    rate: z.number().positive(),
  }),
  durationSeconds: z.number().positive().max(3600),
  /** Requests scheduled in this first part are sent and counted apart, not in the percentiles. */
  warmupSeconds: z.number().nonnegative().default(0),
  timeoutSeconds: z.number().positive().default(10),
  seed: z.int().nonnegative(),
  request: requestSchema,
});

export type LoadPlan = z.infer<typeof loadPlanSchema>;
