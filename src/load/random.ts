/** A seeded generator of numbers in [0, 1) with 53 random bits: the same seed gives the same numbers in every engine. */
export function createRandom(seed: number, stream = ''): () => number {
  const state = spread(seed, stream);
  const next = () => nextWord(state);
  return () => (next() >>> 5) * 2 ** -27 + (next() >>> 6) * 2 ** -53;
}

/** An integer in 0..bound-1. */
export function pickIndex(random: () => number, bound: number): number {
  return Math.floor(random() * bound);
}

/** xoshiro128** of Blackman and Vigna (2018, public domain): period 2^128 - 1. */
function nextWord(state: Uint32Array): number {
  // By index: taking it apart as a list is five times as slow, and a simulation draws millions.
  const a = state[0] as number;
  const b = state[1] as number;
  const c = state[2] as number;
  const d = state[3] as number;
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
  const c2 = c ^ a;
  const d2 = d ^ b;
  state[0] = a ^ d2;
  state[1] = b ^ c2;
  state[2] = c2 ^ (b << 9);
  state[3] = rotate(d2, 11);
  return result;
}

/** Fills the state from the seed and a name, so that several streams of one seed do not share numbers. */
function spread(seed: number, stream: string): Uint32Array {
  let mixed = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
  for (const character of stream) mixed = mix(mixed ^ (character.codePointAt(0) ?? 0));
  return Uint32Array.from({ length: 4 }, () => (mixed = mix(mixed + 0x9e3779b9)));
}

function mix(word: number): number {
  let value = word >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
