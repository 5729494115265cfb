import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';

/** route.yaml. */
export const routeSchema = z
  .strictObject({
    policy: z.enum([
      'round-robin',
      'random',
      'power-of-two',
      'least-request',
      'weighted',
      'custom',
    ]),
    weights: z
      .record(
        z.string(),
        z.number().min(0, 'A weight below 0 is no share of anything. Write 0 or more.'),
      )
      .optional(),
  })
  .refine(({ policy, weights }) => policy !== 'weighted' || weights !== undefined, {
    path: ['weights'],
    error:
      'The policy weighted needs weights. Add `weights:` with pods by name, triage-0 to triage-3.',
  })
  .refine(({ policy, weights }) => policy === 'weighted' || weights === undefined, {
    path: ['weights'],
    error: 'Only the policy weighted reads weights. Take them out, or write `policy: weighted`.',
  });

export const settings: LabSettings = { 'route.yaml': routeSchema };
