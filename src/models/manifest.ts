import * as z from 'zod';

// Zod compiles its parsers with `new Function` where it may; the sandbox forbids eval and would log a violation.
z.config({ jitless: true });

const share = z.number().min(0).max(1);
const evaluation = z.strictObject({
  examples: z.int().positive(),
  accuracy: share,
  perClass: z.record(z.string(), share),
});

const training = {
  trainSeed: z.int(),
  steps: z.int().positive(),
  batch: z.int().positive(),
  parameters: z.int().positive(),
  engine: z.enum(['wasm', 'native']),
  runtime: z.string().min(1),
  wallSeconds: z.number().positive(),
  finalLoss: z.number(),
};

const common = {
  /** Raised when a field changes its meaning. */
  schema: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  licence: z.literal('Apache-2.0'),
  files: z.strictObject({ model: fileSchema(), tokenizer: fileSchema() }),
  /** The same weights stored in fewer bits, with what that costs. */
  variants: z.array(
    z.strictObject({
      name: z.enum(['fp16', 'int8-dynamic', 'int8', 'int4', 'int2']),
      file: fileSchema(),
      quality: z.record(z.string(), z.number()),
    }),
  ),
};

const classifierSchema = z.strictObject({
  ...common,
  task: z.literal('classify'),
  /** What each output stands for, in the order of the outputs. */
  labels: z.array(z.string().min(1)).min(2),
  /** Texts are cut to, and padded up to, this many tokens. */
  maxTokens: z.int().positive(),
  training: z.strictObject({ dataSeed: z.int(), ...training }),
  templates: z.strictObject({
    train: z.int().positive(),
    tuning: z.int().positive(),
    unseen: z.int().positive(),
  }),
  evaluation: z.strictObject({
    seen: evaluation,
    tuning: evaluation,
    unseen: evaluation,
    handwritten: evaluation,
  }),
});

const generatorSchema = z.strictObject({
  ...common,
  task: z.literal('generate'),
  shape: z.strictObject({
    layers: z.int().positive(),
    heads: z.int().positive(),
    headSize: z.int().positive(),
    vocabulary: z.int().positive(),
    maxTokens: z.int().positive(),
  }),
  training: z.strictObject(training),
  evaluation: z.strictObject({
    /** Fresh documents of the same grammar: nats a token, and how often the likeliest token is the right one. */
    documents: z.strictObject({
      examples: z.int().positive(),
      tokens: z.int().positive(),
      loss: z.number().positive(),
      accuracy: share,
    }),
    /** Generated runbooks: the shares that keep the grammar's form, and that also say only what their class knows. */
    runbooks: z.strictObject({ examples: z.int().positive(), form: share, content: share }),
    /** Runbooks continued from a prompt that ends at a random character. */
    cutPrompts: z.strictObject({ examples: z.int().positive(), form: share, content: share }),
  }),
});

const manifestSchema = z.discriminatedUnion('task', [classifierSchema, generatorSchema]);

/** What `models/<name>/manifest.json` says about a model: its files with their hashes, how it was made, how good it is. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ClassifierManifest = z.infer<typeof classifierSchema>;
export type GeneratorManifest = z.infer<typeof generatorSchema>;

/** The manifest in a file's text; throws with every problem found. */
export function parseManifest(text: string): Manifest {
  return manifestSchema.parse(JSON.parse(text));
}

/** The manifest of a classifier; throws when it is another model's. */
export function parseClassifierManifest(text: string): ClassifierManifest {
  return classifierSchema.parse(JSON.parse(text));
}

function fileSchema() {
  return z.strictObject({
    /** Name inside the model's folder. */
    path: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    bytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  });
}
