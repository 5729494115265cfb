import { createClock, type Clock } from './virtual-clock.ts';
import { createWire, type Call, type Settings, type Test } from './measure.ts';

/** What arrivals.ts gets. */
export interface Tester {
  /** Requests a second, and for how long. */
  readonly rate: number;
  readonly seconds: number;
  /** The test's own clock, in milliseconds from its beginning. */
  readonly clock: Clock;
  /** From 0 up to 1, the same numbers in the same test. */
  readonly random: () => number;
  /**
   * Sends one request now. `due` says when it should have left, in milliseconds. Resolves at the end
   * of the answer, or when the tester has waited long enough for it.
   */
  readonly send: (due: number) => Promise<'answered' | 'timeout'>;
}

export interface Outcome {
  readonly calls: readonly Call[];
  /** What is wrong with arrivals.ts; null when it came to its end. */
  readonly trouble: string | null;
}

/** A test ends this long after its time, whatever arrivals.ts still waits for. */
const GRACE_SECONDS = 120;
/** Sending more than this many times what was asked for is a mistake in a loop. */
const MOST = 4;

/** Runs arrivals.ts in virtual time against a server that exists on paper only. */
export async function runTest(
  test: Test,
  settings: Settings,
  arrive: (tester: Tester) => Promise<void>,
): Promise<Outcome> {
  const { rate, seconds, pause, seed } = test;
  const clock = createClock(pause);
  const wire = createWire(test, settings);
  const calls: Call[] = [];
  const most = MOST * rate * seconds;
  // Throws at once: a loop that never waits would not meet a rejection.
  const send: Tester['send'] = (due) => {
    if (!Number.isFinite(due)) throw new Error(`send was given ${due} as the due time.`);
    if (calls.length >= most) throw new Error(`${most} requests were sent, 4 times the order.`);
    const call = { due, at: clock.now() };
    calls.push(call);
    const { endedAt, isAnswered } = wire(call);
    return clock.until(endedAt).then(() => (isAnswered ? 'answered' : 'timeout'));
  };
  const tester = { rate, seconds, clock, random: createRandom(seed), send };
  const end = (seconds + GRACE_SECONDS) * 1000;
  try {
    const isOver = await clock.run(async () => arrive(tester), end);
    return { calls, trouble: isOver ? null : UNFINISHED };
  } catch (error) {
    return { calls, trouble: `arrivals.ts threw: ${String(error)}` };
  }
}

const UNFINISHED =
  'arrive did not come to its end: it sends for ever, or waits for something other than `clock.until` and `send`.';

/** Numbers in [0, 1) that follow from the seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
