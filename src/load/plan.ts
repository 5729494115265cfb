import { z } from 'zod';
import { arrivalsSchema, expectArrivals, isClosedLoop } from './arrivals.ts';
import { mixSchema } from './mix.ts';
import { sloSchema } from './slo.ts';

/** More than this would need gigabytes for the results of one run. */
const MAX_ARRIVALS = 1_000_000;

/** What to send: one of the bodies is picked per request by the seed. */
const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET'),
  url: z.url({ protocol: /^https?$/, error: 'Write an http:// URL, for example http://triage/.' }),
  headers: z.record(z.string(), z.string()).default({}),
  bodies: z.array(z.string()).default([]),
  /** Keep the text of every answer in the results, up to 4 KB each. For checks, not for load panels. */
  keepAnswers: z.boolean().optional(),
  /** Answers are streams of tokens: one event of `sse`, or one line of `ndjson`, is one token. */
  stream: z.enum(['sse', 'ndjson']).optional(),
});

/** A load test. Rates are per second of wall time, durations in seconds. */
export const loadPlanSchema = z
  .strictObject({
    arrivals: arrivalsSchema,
    durationSeconds: z.number().positive().max(3600),
    /** Ends the schedule after this many arrivals, if that is before its duration. */
    maxArrivals: z.int().positive().optional(),
    /** Requests scheduled in this first part are sent and counted apart, not in the percentiles. */
    warmupSeconds: z.number().nonnegative().default(0),
    /** Instead of seconds: the first tenth, or until the latency is `steady` (MSER-5). */
    warmupRule: z.enum(['tenth', 'steady']).optional(),
    /** Patience of the client, from the moment the request was due. */
    timeoutSeconds: z.number().positive().max(600).default(10),
    /** A cap on requests in flight. What waits for it waits in the client, and that counts as latency. */
    maxInFlight: z.int().positive().optional(),
    /** Ends the run early when nothing can be reached at its start. */
    stopWhenUnreachable: z.boolean().optional(),
    seed: z.int().nonnegative(),
    request: requestSchema,
    mix: mixSchema.optional(),
    /** What a good request is; the report then states the goodput. */
    slo: sloSchema.optional(),
  })
  .superRefine((plan, context) => {
    for (const { path, message } of findContradictions(plan)) {
      context.addIssue({ code: 'custom', path: [...path], message, input: plan });
    }
  });

export type LoadPlan = z.infer<typeof loadPlanSchema>;

/** Everything that a request may carry: the bodies of the mix's classes in turn, else the plan's own. */
export function bodiesOf({ mix, request }: LoadPlan): readonly string[] {
  return mix?.classes?.flatMap(({ bodies }) => bodies) ?? request.bodies;
}

interface Contradiction {
  readonly path: readonly string[];
  readonly message: string;
}

type Draft = Omit<LoadPlan, never>;

function findContradictions(plan: Draft): Contradiction[] {
  const found = [tooMany, tooShort, twoWarmups, boundless, twoBodies, bodyInGet, cappedLoop];
  return found.flatMap((find) => find(plan) ?? []);
}

function tooMany({ arrivals, durationSeconds, maxArrivals }: Draft): Contradiction | null {
  const expected = Math.min(expectArrivals(arrivals, durationSeconds), maxArrivals ?? Infinity);
  if (expected <= MAX_ARRIVALS) return null;
  const [asked, most] = [Math.round(expected), MAX_ARRIVALS].map((n) => n.toLocaleString('en-GB'));
  return {
    path: ['arrivals'],
    message: `The schedule would hold ${asked} requests and memory is kept for ${most} requests. Lower the rate or shorten the run.`,
  };
}

function tooShort({ warmupSeconds, durationSeconds }: Draft): Contradiction | null {
  if (warmupSeconds < durationSeconds) return null;
  return {
    path: ['warmupSeconds'],
    message: 'The warm-up is as long as the run, so nothing would be measured. Shorten it.',
  };
}

function twoWarmups({ warmupSeconds, warmupRule }: Draft): Contradiction | null {
  if (warmupSeconds === 0 || warmupRule === undefined) return null;
  return {
    path: ['warmupRule'],
    message: 'The plan states warmupSeconds and a warmupRule. Keep one of them.',
  };
}

function boundless({ arrivals, slo }: Draft): Contradiction | null {
  if (arrivals.process !== 'server' || slo) return null;
  return {
    path: ['slo'],
    message:
      'The server scenario asks whether a rate holds a latency bound. State it, for example slo: { latencyMs: 100 }.',
  };
}

function twoBodies({ mix, request }: Draft): Contradiction | null {
  if (!mix?.classes || request.bodies.length === 0) return null;
  return {
    path: ['request', 'bodies'],
    message: 'The classes of the mix have bodies of their own. Leave request.bodies empty.',
  };
}

function bodyInGet(plan: Draft): Contradiction | null {
  if (plan.request.method !== 'GET' || bodiesOf(plan).length === 0) return null;
  return {
    path: ['request', 'method'],
    message: 'A GET request carries no body. Leave the bodies out or use POST.',
  };
}

function cappedLoop({ arrivals, maxInFlight }: Draft): Contradiction | null {
  if (maxInFlight === undefined || !isClosedLoop(arrivals)) return null;
  return {
    path: ['maxInFlight'],
    message: `${arrivals.process} already waits for every answer. Leave maxInFlight out.`,
  };
}
