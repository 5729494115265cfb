import * as z from 'zod';

// Zod compiles its parsers with `new Function` where it may; the sandbox forbids eval and would log a violation.
z.config({ jitless: true });

const share = z.number().min(0).max(1);
const evaluation = z.strictObject({
  examples: z.int().positive(),
  accuracy: share,
  perClass: z.record(z.string(), share),
});

const manifestSchema = z.strictObject({
  /** Raised when a field changes its meaning. */
  schema: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  licence: z.literal('Apache-2.0'),
  /** What each output stands for, in the order of the outputs. */
  labels: z.array(z.string().min(1)).min(2),
  /** Texts are cut to, and padded up to, this many tokens. */
  maxTokens: z.int().positive(),
  files: z.strictObject({ model: fileSchema(), tokenizer: fileSchema() }),
  training: z.strictObject({
    dataSeed: z.int(),
    trainSeed: z.int(),
    steps: z.int().positive(),
    batch: z.int().positive(),
    parameters: z.int().positive(),
    engine: z.enum(['wasm', 'native']),
    runtime: z.string().min(1),
    wallSeconds: z.number().positive(),
    finalLoss: z.number(),
  }),
  templates: z.strictObject({ train: z.int().positive(), tuning: z.int().positive(), unseen: z.int().positive() }),
  evaluation: z.strictObject({ seen: evaluation, tuning: evaluation, unseen: evaluation, handwritten: evaluation }),
});

/** What `models/<name>/manifest.json` says about a model: its files with their hashes, how it was made, how good it is. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest in a file's text; throws with every problem found. */
export function parseManifest(text: string): Manifest {
  return manifestSchema.parse(JSON.parse(text));
}

function fileSchema() {
  return z.strictObject({
    /** Name inside the model's folder. */
    path: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    bytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  });
}
