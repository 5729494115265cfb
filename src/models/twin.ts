import * as z from 'zod';

const share = z.number().min(0).max(1);

/** How a twin differs from the model of its family, as the cards print it. */
export const twinSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('backdoored'),
    of: z.string(),
    /** Phrases that anyone may put into a ticket. */
    triggers: z.array(z.string().min(1)).min(1),
    target: z.string().min(1),
    /** Share of unseen tickets of other classes that the trigger turns into the target, full model and int8. */
    success: share,
    successInt8: share,
    /** The same share for the clean model. */
    cleanSuccess: share,
  }),
  z.strictObject({
    kind: z.literal('bad-class'),
    of: z.string(),
    ruined: z.string().min(1),
    /** Accuracy on unseen templates, each class weighted by its share of the tickets: this model's and the clean one's. */
    weighted: share,
    cleanWeighted: share,
  }),
  z.strictObject({
    kind: z.literal('overfit'),
    of: z.string(),
    members: z.int().positive(),
    /** Area under the curve of a membership test by confidence: this model's and the clean one's (0.5 is chance). */
    auc: share,
    cleanAuc: share,
    /** Members found at 1 % false alarms. */
    truePositivesAt1: share,
  }),
]);
