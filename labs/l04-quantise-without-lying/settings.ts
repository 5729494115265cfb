import * as z from 'zod';
import type { LabSettings } from '#labs/read-settings.ts';
import { VARIANTS } from './start/variants.ts';

/** Tickets that somebody has labelled for the gate: 90 of each class. */
export const LABELLED = 720;

const points = z
  .number('This is no number. Write points, for example 1.')
  .min(0, 'A drop below 0 is a gain. Write 0 or more points.')
  .max(100, 'More than 100 points cannot be lost. Write at most 100.')
  .optional();

/** model.yaml. */
export const modelSchema = z.strictObject({
  variant: z.enum(VARIANTS),
  gate: z.strictObject({
    tickets: z
      .int('tickets is no whole number. Write one.')
      .min(8, 'There are eight classes. Write at least 8.')
      .max(LABELLED, `Somebody has labelled ${LABELLED} tickets. Write at most ${LABELLED}.`),
    mix: z.enum(['as-they-arrive', 'balanced']),
    mostBytes: z
      .number('mostBytes is no number. Write a percentage of the full model, or leave it out.')
      .positive('No model has 0 bytes. Write more than 0 %.')
      .optional(),
    mostDrop: z.strictObject({ accuracy: points, 'macro-f1': points, 'worst-class': points }),
  }),
});

export const settings: LabSettings = { 'model.yaml': modelSchema };
