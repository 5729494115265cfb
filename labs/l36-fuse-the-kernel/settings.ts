import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';

const passSchema = z.strictObject({
  entry: z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]*$/,
      'This is no name of a function in WGSL. Write the name that stands behind @compute and fn.',
    ),
  over: z.enum(['rows', 'numbers']),
  each: z.int().min(1).max(1024),
});

/** passes.yaml. */
export const passesSchema = z.strictObject({
  passes: z
    .array(passSchema)
    .min(1, 'Without a pass nothing is computed. Write at least one.')
    .max(8, 'These are more than eight passes. Take some out.'),
});

export const settings: LabSettings = { 'passes.yaml': passesSchema };
