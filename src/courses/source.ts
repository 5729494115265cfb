import { z } from 'zod';
import { identifierSchema } from './identifier.ts';

/** One entry of `content/sources.yaml`: where a figure or a claim comes from. */
export const sourceSchema = z.strictObject({
  id: identifierSchema,
  title: z.string().min(3),
  organisation: z.string().min(2),
  authors: z.string().min(2).optional(),
  year: z.int().min(1900).max(2100),
  url: z.url({ protocol: /^https?$/ }),
  /** The day someone opened the source and read the cited part; null until then. */
  checked: z.iso.date().nullable(),
  /** What it supports, or what to know before quoting it. */
  note: z.string().min(3).optional(),
});

export type Source = z.infer<typeof sourceSchema>;
