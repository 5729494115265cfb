import { z } from 'zod';
import { identifierSchema } from './identifier.ts';

/** Props of `<Predict>`: a number the reader writes down before seeing it. */
export const predictionSchema = z.strictObject({
  id: identifierSchema,
  answer: z.number(),
  unit: z.string().optional(),
});
