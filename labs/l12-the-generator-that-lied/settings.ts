import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';

/** loadtest.yaml. */
export const loadtestSchema = z.strictObject({
  latencyFrom: z.enum(['scheduled', 'sent']),
  timeoutSeconds: z
    .number()
    .positive('A timeout of 0 or less gives up before it asks. Write seconds above 0.')
    .max(3600, 'A timeout of more than an hour is none. Write at most 3600 seconds.'),
  timeouts: z.enum(['counted', 'dropped']),
  maxInFlight: z.union(
    [z.literal('unlimited'), z.int().min(1).max(1000)],
    'maxInFlight is neither `unlimited` nor a whole number from 1 to 1000. Write one of the two.',
  ),
});

export const settings: LabSettings = { 'loadtest.yaml': loadtestSchema };
