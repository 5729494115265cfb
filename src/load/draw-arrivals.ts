import type { Arrivals } from './arrivals.ts';
import { createExponentialDraw, createGammaDraw } from './draw.ts';

export interface DrawnArrivals {
  /** Seconds from the start, ascending. */
  readonly at: readonly number[];
  /** Seconds at which the offered load ends. */
  readonly endsAt: number;
}

type Timed = Exclude<Arrivals, { process: 'single-stream' | 'multi-stream' }>;
type Varying = Extract<Arrivals, { process: 'step' | 'ramp' }>;

/** The arrival times of an open loop, at most `most` of them, all before the duration is over. */
export function drawArrivals(
  arrivals: Timed,
  durationSeconds: number,
  most: number,
  random: () => number,
): DrawnArrivals {
  switch (arrivals.process) {
    case 'offline':
      return collect(() => 0, Math.min(most, arrivals.samples), durationSeconds);
    case 'trace': {
      const { atSeconds, speed = 1 } = arrivals;
      return collect((index) => (atSeconds[index] ?? Infinity) / speed, most, durationSeconds);
    }
    case 'constant':
      return collect((index) => index / arrivals.rate, most, durationSeconds);
    case 'step':
    case 'ramp':
      return collect(drawVarying(arrivals, durationSeconds, random), most, durationSeconds);
    default:
      return collect(addUp(drawGaps(arrivals, random)), most, durationSeconds);
  }
}

/** Takes times until the duration or the count is reached; the next one says where the load ends. */
function collect(
  timeOf: (index: number) => number,
  most: number,
  durationSeconds: number,
): DrawnArrivals {
  const at: number[] = [];
  let seconds = timeOf(0);
  while (seconds < durationSeconds && at.length < most) {
    at.push(seconds);
    seconds = timeOf(at.length);
  }
  return { at, endsAt: Math.min(seconds, durationSeconds) };
}

function addUp(nextGap: () => number): () => number {
  let seconds = 0;
  return () => (seconds += nextGap());
}

function drawGaps(
  arrivals: Extract<Timed, { process: 'poisson' | 'gamma' | 'server' }>,
  random: () => number,
): () => number {
  const next =
    arrivals.process === 'gamma'
      ? createGammaDraw(arrivals.burstiness, random)
      : createExponentialDraw(random);
  return () => next() / arrivals.rate;
}

/**
 * A rate that changes: arrivals of rate 1 on a clock that runs at that rate. With `constant` spacing
 * they are one unit apart, else exponential.
 */
function drawVarying(
  arrivals: Varying,
  durationSeconds: number,
  random: () => number,
): (index: number) => number {
  const toSeconds =
    arrivals.process === 'ramp' ? invertRamp(arrivals, durationSeconds) : invertSteps(arrivals);
  if (arrivals.spacing === 'constant') return (index) => toSeconds(index);
  const nextUnit = addUp(createExponentialDraw(random));
  return () => toSeconds(nextUnit());
}

/** From the expected number of arrivals to the time when it is reached: from t + (to - from) t^2 / 2d = n. */
function invertRamp(
  { from, to }: Extract<Arrivals, { process: 'ramp' }>,
  durationSeconds: number,
): (expected: number) => number {
  const slope = (to - from) / durationSeconds;
  return (expected) => {
    const square = from * from + 2 * slope * expected;
    if (square < 0) return Infinity;
    const seconds = (2 * expected) / (from + Math.sqrt(square));
    return Number.isNaN(seconds) ? 0 : seconds;
  };
}

function invertSteps({
  levels,
}: Extract<Arrivals, { process: 'step' }>): (expected: number) => number {
  return (expected) => {
    let left = expected;
    for (const [index, { fromSeconds, rate }] of levels.entries()) {
      const until = levels[index + 1]?.fromSeconds ?? Infinity;
      const holds = rate === 0 ? 0 : (until - fromSeconds) * rate;
      if (rate > 0 && left < holds) return fromSeconds + left / rate;
      left -= holds;
    }
    return Infinity;
  };
}
