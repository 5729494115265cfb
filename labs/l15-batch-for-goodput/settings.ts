import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';

/** serving.yaml. */
export const servingSchema = z.strictObject({
  batching: z.enum(['continuous', 'static']),
  maxBatch: z
    .int('maxBatch is no whole number. Write one from 1 to 64.')
    .min(1, 'A batch of fewer than 1 serves nobody. Write a whole number from 1 to 64.')
    .max(64, 'The memory for keys and values is enough for 64. Write at most 64.'),
  maxWaitMs: z
    .number()
    .min(0, 'A wait cannot be negative. Write 0 or more milliseconds.')
    .max(10_000, 'A wait of more than ten seconds is an outage. Write at most 10000.'),
  queueLimit: z
    .int('queueLimit is no whole number. Write one from 1 to 10000.')
    .min(
      1,
      'Every request passes through the queue, so a queue of 0 refuses all of them. Write 1 or more.',
    )
    .max(10_000, 'That is no limit. Write at most 10000.'),
});

export type Serving = z.output<typeof servingSchema>;

export const settings: LabSettings = { 'serving.yaml': servingSchema };
