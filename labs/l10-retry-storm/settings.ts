import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';

/** retry.yaml. Times are milliseconds. */
export const retrySchema = z.strictObject({
  attempts: z
    .int()
    .min(1, 'attempts counts the first one too, so 0 sends nothing. Write at least 1.')
    .max(10, 'More than ten attempts are no policy. Write at most 10.'),
  perTryTimeoutMs: z.union(
    [z.literal('none'), z.number().positive().max(60_000)],
    'perTryTimeoutMs is neither `none` nor milliseconds above 0. Write one of the two.',
  ),
  backoff: z.strictObject({
    baseMs: z.number().min(0, 'Nobody can wait less than 0 ms. Write 0 or more.').max(60_000),
    maxMs: z.number().min(0, 'Nobody can wait less than 0 ms. Write 0 or more.').max(60_000),
    jitter: z.enum(['none', 'full']),
  }),
  budget: z.union(
    [
      z.literal('none'),
      z.strictObject({
        ratio: z
          .number()
          .min(0, 'A share is between 0 and 1. Write for example 0.5.')
          .max(1, 'A share is between 0 and 1. Write for example 0.5.'),
      }),
    ],
    'budget is neither `none` nor a map with a ratio. Write `none`, or `ratio:` below it.',
  ),
  pendingPerPod: z.union(
    [z.literal('unlimited'), z.int().min(0).max(100_000)],
    'pendingPerPod is neither `unlimited` nor a whole number of 0 or more. Write one of the two.',
  ),
});

export type RetrySettings = z.output<typeof retrySchema>;

export const settings: LabSettings = { 'retry.yaml': retrySchema };
