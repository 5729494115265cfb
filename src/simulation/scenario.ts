import * as z from 'zod';
import { autoscalerSchema } from '#autoscaling/autoscaler.ts';
import { sloSchema } from '#load/slo.ts';

const milliseconds = z.number().nonnegative();
const rate = z.number().positive('A rate of 0 or less sends nothing. Write a rate above 0.');

/** Time that one request takes of an idle replica of speed 1. */
const serviceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deterministic'), ms: z.number().positive() }),
  z.strictObject({ kind: z.literal('exponential'), meanMs: z.number().positive() }),
  z.strictObject({
    kind: z.literal('lognormal'),
    meanMs: z.number().positive(),
    /** Standard deviation over mean. */
    cv: z.number().positive(),
  }),
  /** Each request takes one of these, drawn with equal chances: a calibration's sample. */
  z.strictObject({
    kind: z.literal('empirical'),
    samplesMs: z.array(z.number().positive()).min(1, 'A calibration without samples says nothing.'),
  }),
]);

/** Requests wait in one line and `concurrency` of them are served at a time. */
const queueServerSchema = z.strictObject({
  kind: z.literal('queue'),
  concurrency: z.int().positive().default(1),
  /** Requests that may wait; one more is refused with 503. null means no limit. */
  queueLimit: z.int().nonnegative().nullable().default(null),
  /** Whether a request whose client has gone is still worked on when its turn comes. */
  abandoned: z.enum(['served', 'dropped']).default('served'),
});

const tokensSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), tokens: z.int().positive() }),
  z.strictObject({
    kind: z.literal('uniform'),
    from: z.int().positive(),
    to: z.int().positive(),
  }),
  z.strictObject({ kind: z.literal('empirical'), samples: z.array(z.int().positive()).min(1) }),
]);

/** Continuous batching as the platform's own batcher does it: prompts are read when they join, then one token a step. */
const batchServerSchema = z.strictObject({
  kind: z.literal('batch'),
  maxBatch: z.int().positive(),
  /** A sequence reserves whole blocks for its prompt and output on admission. */
  kvBlocks: z.int().positive(),
  blockTokens: z.int().positive().default(16),
  /** `continuous`: sequences join after any step; `static`: only when the whole batch has ended. */
  joining: z.enum(['continuous', 'static']).default('continuous'),
  /** Milliseconds that an idle server waits for more before it starts a batch. */
  maxWaitMs: milliseconds.default(0),
  queueLimit: z.int().nonnegative().nullable().default(null),
  /** Cost of reading prompts together: `baseMs + perTokenMs x tokens`. */
  prefill: z.strictObject({ baseMs: milliseconds, perTokenMs: milliseconds }),
  /** Cost of one step: `baseMs + perSequenceMs x batch + perCachedTokenMs x tokens in the cache`. */
  decode: z.strictObject({
    baseMs: z.number().positive(),
    perSequenceMs: milliseconds,
    perCachedTokenMs: milliseconds.default(0),
  }),
});

/** What a request asks of a server: time of a queue server, or tokens of a batch server. */
const workSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), service: serviceSchema }),
  z.strictObject({ kind: z.literal('tokens'), prompt: tokensSchema, output: tokensSchema }),
]);

/** Pods of one Deployment. */
const poolSchema = z.strictObject({
  name: z.string().min(1),
  replicas: z.int().nonnegative(),
  server: z.discriminatedUnion('kind', [queueServerSchema, batchServerSchema]),
  /** On the way to a pod and back, milliseconds: each answer comes this much later, and the server is free. */
  overheadMs: milliseconds.default(0),
  /** From the creation of a pod until it can answer. The pods that a run begins with are past that. */
  coldStartMs: milliseconds.default(0),
  /**
   * Readiness is seen at `initialDelayMs + k x periodMs` after creation; 0 as period means at once.
   * null means no probe: requests arrive before the pod can answer, and are refused.
   */
  readiness: z
    .strictObject({ initialDelayMs: milliseconds, periodMs: milliseconds })
    .nullable()
    .default({ initialDelayMs: 0, periodMs: 0 }),
  /** Service times of the pod at each position are multiplied with this: 4 is a node at a quarter of the speed. */
  factors: z.array(z.number().positive()).default([]),
  autoscaler: autoscalerSchema.nullable().default(null),
});

const routeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('round-robin') }),
  z.strictObject({ kind: z.literal('random') }),
  z.strictObject({ kind: z.literal('power-of-two') }),
  z.strictObject({ kind: z.literal('least-request') }),
  /** By chance in proportion to the weight of the pod's name; 1 for those that are not named. */
  z.strictObject({
    kind: z.literal('weighted'),
    weights: z.record(z.string(), z.number().nonnegative()),
  }),
]);

const retrySchema = z.strictObject({
  /** The first one included. */
  maxAttempts: z.int().positive(),
  perTryTimeoutMs: z.number().positive().nullable().default(null),
  /** Doubles with each retry up to `backoffMaxMs`. */
  backoffBaseMs: milliseconds.default(0),
  backoffMaxMs: milliseconds.default(10_000),
  /** `full`: anywhere from 0 to the back-off. */
  jitter: z.enum(['none', 'full']).default('none'),
  /** Each request pays in `ratio` and each retry takes 1; `minPerSecond` is paid in as time passes. */
  budget: z
    .strictObject({
      ratio: z.number().nonnegative(),
      minPerSecond: z.number().nonnegative().default(0),
      /** Most that is saved up, in retries. */
      burst: z.number().positive().default(10),
    })
    .nullable()
    .default(null),
});

const faultSchema = z.discriminatedUnion('kind', [
  /** Everything that starts in this time takes `factor` times as long; `pod` is a position, null means all. */
  z.strictObject({
    kind: z.literal('slowdown'),
    fromMs: milliseconds,
    untilMs: milliseconds,
    factor: z.number().positive(),
    pod: z.int().nonnegative().nullable().default(null),
  }),
  /** This share of the attempts is answered with 503 at once. */
  z.strictObject({
    kind: z.literal('errors'),
    fromMs: milliseconds,
    untilMs: milliseconds,
    share: z.number().min(0).max(1),
  }),
  /** The pod ends with everything in it; its Deployment makes another. `pod` is a position among the running. */
  z.strictObject({ kind: z.literal('kill'), atMs: milliseconds, pod: z.int().nonnegative() }),
]);

const arrivalsSchema = z.discriminatedUnion('kind', [
  /** Poisson arrivals, one phase after the other; they never end when the last phase has no duration. */
  z.strictObject({
    kind: z.literal('poisson'),
    phases: z
      .array(z.strictObject({ ratePerSecond: rate, durationMs: z.number().positive().nullable() }))
      .min(1),
    maxArrivals: z.int().positive().nullable().default(null),
  }),
  /** Milliseconds from the start, ascending, as `createSchedule` gives them. */
  z.strictObject({ kind: z.literal('schedule'), at: z.instanceof(Float64Array) }),
]);

/** Everything that a run in virtual time depends on. The same scenario gives the same report, byte by byte. */
export const scenarioSchema = z
  .strictObject({
    seed: z.int().nonnegative(),
    arrivals: arrivalsSchema,
    /** Requests due before this are served and counted apart. */
    warmupMs: milliseconds.default(0),
    work: workSchema,
    pools: z.array(poolSchema).min(1),
    route: routeSchema.default({ kind: 'round-robin' }),
    /** Patience of the client from the moment the request was due; null waits for ever. */
    timeoutMs: z.number().positive().nullable().default(10_000),
    retry: retrySchema.nullable().default(null),
    faults: z.array(faultSchema).default([]),
    slo: sloSchema.nullable().default(null),
    /** Virtual time at which the run is cut, answers outstanding or not. */
    endsAtMs: z.number().positive().nullable().default(null),
    /** Length of a bucket of the timeline. */
    bucketMs: z.number().positive().default(1000),
  })
  .refine(
    ({ work, pools }) => pools.every(({ server }) => KIND_OF_WORK[server.kind] === work.kind),
    {
      path: ['pools'],
      error: 'A queue server needs work of kind time, a batch server work of kind tokens.',
    },
  )
  .refine(({ arrivals, endsAtMs }) => endsAtMs !== null || isFinite(arrivals), {
    path: ['arrivals'],
    error:
      'The arrivals never end. Give the last phase a duration, or set maxArrivals or endsAtMs.',
  });

const KIND_OF_WORK = { queue: 'time', batch: 'tokens' } as const;

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;
export type Pool = Scenario['pools'][number];
export type QueueServerSpec = z.output<typeof queueServerSchema>;
export type BatchServerSpec = z.output<typeof batchServerSchema>;
export type ServiceSpec = z.output<typeof serviceSchema>;
export type TokensSpec = z.output<typeof tokensSchema>;
export type Route = Scenario['route'];
export type Fault = Scenario['faults'][number];
export type Retry = z.output<typeof retrySchema>;

function isFinite(arrivals: z.output<typeof arrivalsSchema>): boolean {
  if (arrivals.kind === 'schedule' || arrivals.maxArrivals !== null) return true;
  return arrivals.phases.every(({ durationMs }) => durationMs !== null);
}
