/** Draws numbers in 0..weights-1, each in proportion to its weight. */
export function createWeightedDraw(weights: readonly number[], random: () => number): () => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (const [index, weight] of weights.entries()) sums[index] = total += weight;
  return () => findAbove(sums, random() * total);
}

/** Draws keys in 0..count-1 with P(k) in proportion to 1 / (k + 1)^exponent. */
export function createZipfDraw(
  count: number,
  exponent: number,
  random: () => number,
): () => number {
  const weights = Array.from({ length: count }, (_, key) => (key + 1) ** -exponent);
  return createWeightedDraw(weights, random);
}

/** Draws from a gamma distribution of mean 1 (Marsaglia and Tsang, 2000). */
export function createGammaDraw(shape: number, random: () => number): () => number {
  if (shape < 1) {
    const above = createGammaDraw(shape + 1, random);
    // Of shape + 1 and mean 1 to shape and mean 1.
    return () => (above() * (shape + 1) * (1 - random()) ** (1 / shape)) / shape;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const normal = createNormalDraw(random);
  return () => {
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log1p(-random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
    }
  };
}

/** Draws from an exponential distribution of mean 1. */
export function createExponentialDraw(random: () => number): () => number {
  return () => -Math.log1p(-random());
}

function createNormalDraw(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
}

/** The first index whose sum is above `value`. */
function findAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? Infinity) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
