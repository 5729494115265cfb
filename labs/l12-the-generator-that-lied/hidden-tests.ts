import type { Test } from './start/measure.ts';

/** A tester keeps a schedule at any rate, so the rates of an attempt are its own. */
export function drawRateTests(random: () => number): readonly Test[] {
  return [0, 1].map(() => {
    const stall = { at: between(random, 20, 60), length: between(random, 8, 20) };
    return { ...quiet(random), rate: between(random, 60, 180), stall };
  });
}

/** The order of the brief: 100 s, 100 requests a second, and 10 s in which nothing is answered. */
export function drawStallTest(random: () => number): Test {
  return { ...quiet(random), stall: { at: between(random, 20, 70), length: 10 } };
}

/** The tester's own machine stands still; the server does not. */
export function drawPauseTest(random: () => number): Test {
  const pause = { at: between(random, 20, 70), length: between(random, 4, 8) };
  return { ...quiet(random), pause };
}

/** An outage that is longer than the callers' patience. */
export function drawOutageTest(random: () => number): Test {
  const length = PATIENCE_SECONDS + between(random, 6, 14);
  return { ...quiet(random), stall: { at: between(random, 20, 50), length } };
}

/** The callers hang up after this long, as the brief says. */
export const PATIENCE_SECONDS = 30;

function quiet(random: () => number): Test {
  const none = { at: 0, length: 0 };
  const seed = Math.floor(random() * 2 ** 31);
  return { rate: 100, seconds: 100, stall: none, pause: none, seed };
}

/** A whole number from `from` to `to`. */
function between(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}
