import { z } from 'zod';
import { identifierSchema } from './identifier.ts';

/** One entry of `content/glossary.yaml`. */
export const termSchema = z.strictObject({
  id: identifierSchema,
  /** The term as it is written in running text. */
  term: z.string().min(2).max(60),
  /** One sentence, shown where the term is used. */
  short: z.string().min(20).max(240),
  /** What an operator needs beyond the short form. Backticks mark code. */
  long: z.string().min(20),
  /** Ids of related terms. */
  see: z.array(identifierSchema).default([]),
});
