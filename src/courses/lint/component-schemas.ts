import { z } from 'zod';
import { identifierSchema } from '../identifier.ts';
import { predictionSchema } from '../prediction.ts';

/** Props of the components that every lesson may use; `<Check>` and `<Option>` are read together. */
export const componentSchemas: Readonly<Record<string, z.ZodType>> = {
  Callout: z.strictObject({
    kind: z.enum(['note', 'warning', 'field', 'try']),
    title: z.string().optional(),
  }),
  Cite: z.strictObject({ id: identifierSchema }),
  Figure: z.strictObject({
    caption: z.string().min(10),
    id: z.string().optional(),
    cite: identifierSchema.optional(),
    wide: z.boolean().optional(),
  }),
  LabLaunch: z.strictObject({ id: identifierSchema }),
  Predict: predictionSchema,
  Reveal: z.strictObject({}),
  Term: z.strictObject({ id: identifierSchema }),
};

/** Every component known without an import. */
export const knownComponents: ReadonlySet<string> = new Set([
  ...Object.keys(componentSchemas),
  'Check',
  'Option',
]);
