import type { Point } from '../series-store.ts';

/**
 * How much a counter grew in the range, per second or in all, as Prometheus extrapolates it: resets
 * are added up, and the growth is stretched to the range's ends unless the series begins or ends
 * inside it. null with fewer than two points.
 */
export function growth(
  points: readonly Point[],
  rangeMs: number,
  at: number,
  isPerSecond: boolean,
): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first.at === last.at) return null;
  const increase = addIncreases(points);
  const sampled = last.at - first.at;
  const between = sampled / (points.length - 1);
  const limit = between * 1.1;
  const cut = (distance: number) => (distance >= limit ? between / 2 : distance);
  // A counter cannot have been below zero: it began no earlier than a line through the points says.
  const toZero = increase > 0 && first.value >= 0 ? sampled * (first.value / increase) : Infinity;
  const toStart = Math.min(cut(first.at - (at - rangeMs)), toZero);
  const toEnd = cut(at - last.at);
  const stretched = increase * ((sampled + toStart + toEnd) / sampled);
  return isPerSecond ? stretched / (rangeMs / 1000) : stretched;
}

/** Growth between the last two points, per second. */
export function lastGrowth(points: readonly Point[]): number | null {
  const [before, last] = points.slice(-2);
  if (!before || !last) return null;
  return addIncreases([before, last]) / ((last.at - before.at) / 1000);
}

function addIncreases(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, { value }, index) => {
    const before = points[index]?.value ?? 0;
    return sum + (value < before ? value : value - before);
  }, 0);
}
