import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';
import { findBadFormula } from './start/estimate.ts';

const day = z.iso.date("This is no day. Write it as '2026-11-24', in quotes.");

const rowSchema = z
  .strictObject({
    sku: z.string().min(1),
    what: z.string(),
    price: z
      .number('The row has no price. Add `price:` with a number.')
      .positive('A price of 0 or less is no price. Write what one unit costs.'),
    currency: z
      .string('The row has no currency. Add `currency:` with a code of three letters.')
      .regex(
        /^[A-Z]{3}$/,
        'A currency has a code of three capital letters. Write one, for example XTS.',
      ),
    unit: z.enum(
      ['second', 'hour', 'month', 'GB', 'TB'],
      'The row does not say what the price is for. Add `unit:` with second, hour, month, GB or TB.',
    ),
    speed: z.number().positive().optional(),
    retrieved_on: day,
    expires_on: day,
    source: z
      .string('The row does not say where the price is from. Add `source:`.')
      .min(1, 'The source is empty. Write where the price is from.'),
  })
  .refine(({ retrieved_on, expires_on }) => expires_on >= retrieved_on, {
    path: ['expires_on'],
    error: 'The price expires before it was retrieved. Check both days.',
  });

export const pricesSchema = z
  .strictObject({ rows: z.array(rowSchema).min(1, 'The table has no rows. Add one.') })
  .superRefine(({ rows }, context) => {
    rows.forEach(({ sku }, index) => {
      if (rows.findIndex((row) => row.sku === sku) === index) return;
      const message = `There are two rows "${sku}". Keep one of them.`;
      context.addIssue({ code: 'custom', path: ['rows', index, 'sku'], message });
    });
  });

const formulaSchema = z
  .union([z.string().max(500), z.number()], 'A formula is text or a number. Write one.')
  .transform(String);

/** cost.yaml. */
export const costSchema = z
  .strictObject({
    as_of: day,
    machine: z.string().min(1),
    logs: z.string().min(1),
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

export const settings: LabSettings = { 'cost.yaml': costSchema, 'prices.yaml': pricesSchema };
