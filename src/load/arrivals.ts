import { z } from 'zod';

const rate = z.number().positive({
  error: ({ input }) => `A rate of ${String(input)} per second sends nothing. State one above 0.`,
});
/** How requests are spaced where the rate changes over time. */
const spacing = z.enum(['poisson', 'constant']).optional();

const level = z.strictObject({
  fromSeconds: z.number().nonnegative(),
  /** 0 is a pause. */
  rate: z.number().nonnegative(),
});

/**
 * When requests arrive. The first six are open loops: no arrival waits for an answer. The last four
 * are the scenarios of MLPerf Inference by their names; of these, `single-stream` and
 * `multi-stream` are closed loops, as MLPerf defines them.
 */
export const arrivalsSchema = z.discriminatedUnion('process', [
  z.strictObject({ process: z.literal('poisson'), rate }),
  /** Gamma gaps of shape `burstiness`: 1 is Poisson, less is burstier, more is more even. */
  z.strictObject({ process: z.literal('gamma'), rate, burstiness: z.number().min(0.01).max(1000) }),
  z.strictObject({ process: z.literal('constant'), rate }),
  /** Each level holds until the next one begins, the last until the end. */
  z.strictObject({
    process: z.literal('step'),
    levels: z
      .array(level)
      .min(1)
      .refine((levels) => levels[0]?.fromSeconds === 0, 'The first level begins at 0 seconds.')
      .refine(
        isAscending,
        'Levels are in the order in which they begin, each after the one before.',
      )
      .refine((levels) => levels.some((one) => one.rate > 0), 'Every level has rate 0.'),
    spacing,
  }),
  /** In a line from one rate to the other over the whole duration. */
  z
    .strictObject({
      process: z.literal('ramp'),
      from: z.number().nonnegative(),
      to: z.number().nonnegative(),
      spacing,
    })
    .refine(({ from, to }) => from + to > 0, 'A ramp from 0 to 0 sends nothing.'),
  /** Recorded arrival times, seconds from the start. `speed` 2 replays them twice as fast. */
  z.strictObject({
    process: z.literal('trace'),
    atSeconds: z
      .array(z.number().nonnegative())
      .min(1, 'A trace needs at least one arrival.')
      .refine(
        (at) => at.every((time, index) => time >= (at[index - 1] ?? 0)),
        'The arrivals of a trace are in ascending order. Sort them.',
      ),
    speed: z.number().positive().optional(),
  }),
  /** One query at a time, the next one when the last has ended. The metric is p90 latency. */
  z.strictObject({ process: z.literal('single-stream') }),
  /** Queries of several samples at once, the next query when all have ended. The metric is p99 of the query. */
  z.strictObject({
    process: z.literal('multi-stream'),
    samples: z.int().min(1).max(1000).default(8),
  }),
  /** Poisson arrivals under a latency bound, which is the plan's `slo`. */
  z.strictObject({ process: z.literal('server'), rate }),
  /** All samples at once. The metric is samples per second. */
  z.strictObject({ process: z.literal('offline'), samples: z.int().positive() }),
]);

export type Arrivals = z.infer<typeof arrivalsSchema>;

/** A closed loop waits for answers, so a slow service slows its own test down. */
export function isClosedLoop({ process }: Arrivals): boolean {
  return process === 'single-stream' || process === 'multi-stream';
}

/** How many arrivals to expect; 0 for a closed loop, which depends on the answers. */
export function expectArrivals(arrivals: Arrivals, durationSeconds: number): number {
  switch (arrivals.process) {
    case 'single-stream':
    case 'multi-stream':
      return 0;
    case 'offline':
      return arrivals.samples;
    case 'trace':
      return arrivals.atSeconds.length;
    case 'ramp':
      return ((arrivals.from + arrivals.to) / 2) * durationSeconds;
    case 'step':
      return expectSteps(arrivals.levels, durationSeconds);
    default:
      return arrivals.rate * durationSeconds;
  }
}

function expectSteps(levels: readonly z.infer<typeof level>[], durationSeconds: number): number {
  return levels.reduce((sum, { fromSeconds, rate: perSecond }, index) => {
    const until = Math.min(levels[index + 1]?.fromSeconds ?? durationSeconds, durationSeconds);
    return sum + Math.max(0, until - fromSeconds) * perSecond;
  }, 0);
}

function isAscending(levels: readonly z.infer<typeof level>[]): boolean {
  return levels.every((one, index) => {
    const before = levels[index - 1];
    return before === undefined || one.fromSeconds > before.fromSeconds;
  });
}
