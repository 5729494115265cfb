import { z } from 'zod';

/** Front matter of `content/<course>/index.mdx`. */
export const courseSchema = z.strictObject({
  title: z.string().min(3).max(60),
  /** One or two sentences for the catalogue. */
  summary: z.string().min(20).max(300),
  /** Who it is for and what they are assumed to know. */
  audience: z.string().min(10).max(300),
  /** Place in the catalogue, lowest first. */
  order: z.int().positive(),
});
