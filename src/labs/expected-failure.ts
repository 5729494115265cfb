import { z } from 'zod';

/** `wrong/<name>/expected.json`: the check at which a wrong answer must fail, and what is wrong with it. */
export const expectedFailureSchema = z.strictObject({
  check: z.string().min(1),
  why: z.string().min(10),
});
