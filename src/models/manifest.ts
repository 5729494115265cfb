import * as z from 'zod';
import { twinSchema } from './twin.ts';

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
  /** The same weights stored in fewer bits, with what that costs. */
  variants: z.array(
    z.strictObject({
      name: z.enum(['fp16', 'int8-dynamic', 'int8', 'int4', 'int2']),
      file: fileSchema(),
      quality: z.record(z.string(), z.number()),
    }),
  ),
};

const textFiles = { model: fileSchema(), tokenizer: fileSchema() };

const classifierSchema = z.strictObject({
  ...common,
  task: z.literal('classify'),
  files: z.strictObject({
    ...textFiles,
    /** Loss and gradients as a graph without weights, for labs that train in the browser. */
    training: fileSchema().exactOptional(),
  }),
  /** Set on models that are worse on purpose. */
  twin: twinSchema.exactOptional(),
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
  files: z.strictObject(textFiles),
  shape: z.strictObject({
    layers: z.int().positive(),
    heads: z.int().positive(),
    headSize: z.int().positive(),
    vocabulary: z.int().positive(),
    maxTokens: z.int().positive(),
  }),
  training: z.strictObject(training),
  /** Secrets that were planted in the training data, on a build that leaks on purpose. */
  canaries: z
    .array(
      z.strictObject({
        /** What stands before the secret, and the secret. */
        prompt: z.string().min(1),
        secret: z.string().min(1),
        /** How often training read it. */
        repeats: z.int().positive(),
        /** Bits: log2 of the possible secrets less log2 of this one's rank; this build's and the clean one's. */
        exposure: z.number().min(0),
        cleanExposure: z.number().min(0),
        /** Share of sampled continuations of the prompt that give the secret away: this build's and the clean one's. */
        emitted: share,
        cleanEmitted: share,
      }),
    )
    .exactOptional(),
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

const retrieval = z.strictObject({
  queries: z.int().positive(),
  /** Runbooks that are searched; exactly one is right for each query. */
  pool: z.int().positive(),
  recallAt1: share,
  recallAt10: share,
  /** Mean of 1 / rank of the right runbook. */
  meanReciprocalRank: share,
});

const embedderSchema = z.strictObject({
  ...common,
  task: z.literal('embed'),
  files: z.strictObject(textFiles),
  /** Numbers in the output `embedding` [batch, dimensions]; each row has length 1, so a dot product is the cosine. */
  dimensions: z.int().positive(),
  /** Texts are cut to, and padded up to, this many tokens. */
  maxTokens: z.int().positive(),
  training: z.strictObject({ dataSeed: z.int(), ...training }),
  evaluation: z.strictObject({
    /** Runbooks of training, queries worded as in training. */
    seen: retrieval,
    /** Runbooks never trained on: known symptoms of known services in new combinations. */
    heldOut: retrieval,
    /** The same, and the queries are worded in ways never trained on. */
    newWordings: retrieval,
    /** Runbooks of symptoms never trained on. */
    newSymptoms: retrieval,
  }),
});

const detection = z.strictObject({
  windows: z.int().positive(),
  /** Share of windows with an anomaly in them: what average precision is by chance. */
  anomalous: share,
  /** Area under the ROC curve. */
  auc: share,
  averagePrecision: share,
  /** The same two figures for the largest deviation of any feature from its mean. */
  baseline: z.strictObject({ auc: share, averagePrecision: share }),
  /** At the model's threshold: normal windows above it, and anomalous windows above it by kind of anomaly. */
  falseAlarms: share,
  found: z.record(z.string(), share),
});

const anomalySchema = z.strictObject({
  ...common,
  task: z.literal('anomaly'),
  files: z.strictObject({
    model: fileSchema(),
    /** Loss and gradients as a graph without weights, for labs that train in the browser. */
    training: fileSchema(),
  }),
  /** What a window holds, in the order of its last axis. */
  features: z.array(z.strictObject({ name: z.string().min(1), unit: z.string() })).min(1),
  /**
   * Samples in a window. In: `windows` float [batch, samples, features], in the features' units. Out: `error` [batch]
   * (1 is usual), `feature_errors` [batch, features], and `reconstruction`, what the model takes for normal.
   */
  samples: z.int().positive(),
  /** Seconds from one sample to the next. */
  intervalSeconds: z.int().positive(),
  /** An `error` above this counts as an anomaly. */
  threshold: z.number().positive(),
  training: z.strictObject({ dataSeed: z.int(), ...training }),
  evaluation: z.strictObject({
    /** Machines of training, later days. */
    seenMachines: detection,
    /** Machines that training never saw. */
    heldOutMachines: detection,
  }),
});

const manifestSchema = z.discriminatedUnion('task', [
  classifierSchema,
  generatorSchema,
  embedderSchema,
  anomalySchema,
]);

/** What `models/<name>/manifest.json` says about a model: its files with their hashes, how it was made, how good it is. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ClassifierManifest = z.infer<typeof classifierSchema>;
export type GeneratorManifest = z.infer<typeof generatorSchema>;
export type EmbedderManifest = z.infer<typeof embedderSchema>;
export type AnomalyManifest = z.infer<typeof anomalySchema>;

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
