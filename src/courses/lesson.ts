import { z } from 'zod';
import { identifierSchema } from './identifier.ts';

/** Front matter of `content/<course>/NN-slug.mdx`. */
export const lessonSchema = z.strictObject({
  title: z.string().min(3).max(80),
  /** One or two sentences for lists and search results. */
  summary: z.string().min(20).max(300),
  /** Minutes to read; counted from the words when absent. */
  minutes: z.int().min(1).max(60).optional(),
  /** Labs that the lesson embeds with `<LabLaunch>`. */
  labs: z.array(identifierSchema).default([]),
  /** Skills that the lesson prepares for. */
  skills: z.array(identifierSchema).default([]),
  /** Ids from `content/sources.yaml` of every source that the lesson cites. */
  sources: z.array(identifierSchema).default([]),
});
