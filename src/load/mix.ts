import { z } from 'zod';

const WEIGHT = 'A weight is a number above 0, as in gold:3.';
const weight = z.number(WEIGHT).positive(WEIGHT);
const name = z.string().regex(/^[A-Za-z0-9][\w.-]{0,62}$/, {
  error: 'A name is letters, digits, dots, dashes and underscores, at most 63.',
});

/** Who sends what: every request draws its class, tenant and key from the seed. */
export const mixSchema = z.strictObject({
  /** Length classes or kinds of request, each with bodies of its own. */
  classes: z
    .array(z.strictObject({ name, weight, bodies: z.array(z.string()).min(1) }))
    .min(1)
    .refine(hasDistinctNames, 'Two classes have the same name.')
    .optional(),
  /** Sent in `header` of each request. */
  tenants: z
    .strictObject({
      header: z.string().default('x-tenant'),
      of: z
        .array(z.strictObject({ name, weight }))
        .min(1)
        .refine(hasDistinctNames, 'Two tenants have the same name.'),
    })
    .optional(),
  /** Key k of 1..count is drawn with a probability in proportion to 1 / k^exponent (Zipf). */
  keys: z
    .strictObject({
      header: z.string().default('x-key'),
      count: z.int().min(1).max(1_000_000),
      exponent: z.number().min(0).max(10),
    })
    .optional(),
});

export type Mix = z.infer<typeof mixSchema>;

function hasDistinctNames(list: readonly { readonly name: string }[]): boolean {
  return new Set(list.map((one) => one.name)).size === list.length;
}
