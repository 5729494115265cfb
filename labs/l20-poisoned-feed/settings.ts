import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';
import { SOURCES } from './feed.ts';

const share = z
  .number()
  .min(0, 'A share is not below 0. Write a number from 0 to 1.')
  .max(1, 'A share is not above 1. Write 0.05 for 5 %.');

/** data-gate.yaml. */
export const gateSchema = z.strictObject({
  provenance: z.enum(['any', 'signed']),
  blockSources: z.array(z.enum(SOURCES)),
  outlier: z.union(
    [
      z.literal('off'),
      z.strictObject({ minRows: z.int().min(1), purity: share, oneSource: share }),
    ],
    'outlier is neither `off` nor minRows, purity and oneSource. Write one of the two.',
  ),
  perSourceCap: share,
  labelShift: z.union(
    [z.literal('off'), z.strictObject({ maxDisagreement: share })],
    'labelShift is neither `off` nor maxDisagreement. Write one of the two.',
  ),
  holdout: z.union(
    [
      z.literal('off'),
      z.strictObject({ metric: z.enum(['accuracy', 'per-class']), maxDrop: share }),
    ],
    'holdout is neither `off` nor metric and maxDrop. Write one of the two.',
  ),
});

export const settings: LabSettings = { 'data-gate.yaml': gateSchema };
