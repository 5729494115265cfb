import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';

const job = z.strictObject({
  name: z.enum(['fraud', 'capacity']),
  admission: z.enum(['worker', 'gang']),
  priority: z.int().min(0).max(100),
});

/** queue.yaml. */
export const queueSchema = z.strictObject({
  slots: z.int().min(1, 'Without a slot nothing runs. Write at least 1.').max(64),
  jobs: z
    .array(job)
    .length(2, 'There are two jobs, fraud and capacity. List both of them.')
    .refine(
      ([first, second]) => first?.name !== second?.name,
      'Both entries have the same name. List fraud and capacity once each.',
    ),
  evictIdleAfterSeconds: z.union(
    [z.literal('never'), z.number().min(1).max(3600)],
    'evictIdleAfterSeconds is neither `never` nor seconds from 1 to 3600. Write one of the two.',
  ),
  checkpointEverySteps: z.union(
    [z.literal('never'), z.int().min(1).max(1_000_000)],
    'checkpointEverySteps is neither `never` nor a whole number of steps. Write one of the two.',
  ),
});

export const settings: LabSettings = { 'queue.yaml': queueSchema };
