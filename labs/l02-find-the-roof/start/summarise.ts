/** What becomes of the samples of a batch. */
export type Summary = 'quickest' | 'median' | 'mean' | 'first';

/** One figure for all samples, which are in the order in which they were taken. */
export function summarise(samples: readonly number[], how: Summary): number {
  const sorted = samples.toSorted((a, b) => a - b);
  if (how === 'first') return samples[0] ?? Number.NaN;
  if (how === 'quickest') return sorted[0] ?? Number.NaN;
  if (how === 'median') return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return samples.reduce((sum, each) => sum + each, 0) / samples.length;
}
