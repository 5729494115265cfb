/** A seeded stream of pseudo-random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One item, each equally likely. */
  pick<T>(items: readonly T[]): T;
  /** A draw from the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /** The items in a random order; the input is untouched. */
  shuffle<T>(items: readonly T[]): T[];
  /** Where the stream is: `seededRandom(state())` goes on with the numbers that would come next. */
  state(): number;
}

/** Mulberry32, a 32-bit generator small enough to read and good enough for data and initial weights. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(uniform() * limit);
  return {
    uniform,
    below,
    chance: (probability) => uniform() < probability,
    pick: (items) => pickOne(items, below(items.length)),
    // Box and Muller: two uniform draws give one normal draw. 1 - u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (items) => shuffled(items, below),
    state: () => state,
  };
}

function pickOne<T>(items: readonly T[], index: number): T {
  if (items.length === 0) throw new RangeError('There is nothing to pick from.');
  return items[index] as T;
}

function shuffled<T>(items: readonly T[], below: (limit: number) => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
