import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';
import { findBadFormula } from './start/size.ts';

const formulaSchema = z
  .union([z.string().max(500), z.number()], 'A formula is text or a number. Write one.')
  .transform(String);

/** sizing.yaml. */
export const sizingSchema = z
  .strictObject({
    formulas: z.record(
      z
        .string()
        .regex(/^[a-z][a-z0-9_]*$/, 'A name has small letters, digits and underscores. Rename it.'),
      formulaSchema,
    ),
  })
  .superRefine(({ formulas }, context) => {
    const bad = findBadFormula(formulas);
    if (!bad) return;
    const message = `${bad.message} ${bad.repair}`;
    context.addIssue({ code: 'custom', path: ['formulas', bad.name], message });
  });

export const settings: LabSettings = { 'sizing.yaml': sizingSchema };
