import { z } from 'zod';
import { identifierSchema } from '#courses/identifier.ts';
import type { LabFile, LabFileCopy } from '../lab-files.ts';
import { progressFileVersion } from './progress-content.ts';

export const labFileSchema = z.strictObject({
  lab: identifierSchema,
  path: z.string().regex(/^[a-z0-9][a-z0-9._/-]*$/, 'expected a relative path in lower case'),
  text: z.string().nullable(),
  revision: z.uuid(),
  base: z.uuid().nullable(),
  at: z.iso.datetime(),
  device: z.uuid(),
}) satisfies z.ZodType<LabFile>;

export const labFileCopySchema = labFileSchema.extend({
  text: z.string(),
  reason: z.enum(['conflict', 'reset', 'import', 'sync']),
  keptAt: z.iso.datetime(),
}) satisfies z.ZodType<LabFileCopy>;

/** The file without its entries, which are parsed one by one so that each problem is reported. */
export const progressFileSchema = z.strictObject({
  format: z.literal('day-two-progress'),
  version: z.literal(progressFileVersion),
  exportedAt: z.iso.datetime(),
  device: z.uuid(),
  events: z.array(z.unknown()),
  labFiles: z.array(z.unknown()),
  labFileCopies: z.array(z.unknown()),
});
