import type { SyntaxNode } from '@lezer/common';
import { withoutLabels, type Sample } from '../labels.ts';
import { QueryError } from '../query-error.ts';
import type { Point } from '../series-store.ts';
import type { Evaluate, Scope } from './evaluate.ts';
import { childrenOf } from './parse-query.ts';
import { histogramQuantile } from './quantile.ts';
import { growth, lastGrowth } from './rate.ts';
import { selectRange } from './select.ts';

type OverRange = (points: readonly Point[], rangeMs: number, at: number) => number | null;

const total = (points: readonly Point[]) => points.reduce((sum, { value }) => sum + value, 0);

const RANGES: Readonly<Record<string, OverRange>> = {
  rate: (points, rangeMs, at) => growth(points, rangeMs, at, true),
  increase: (points, rangeMs, at) => growth(points, rangeMs, at, false),
  irate: (points) => lastGrowth(points),
  avg_over_time: (points) => total(points) / points.length,
  sum_over_time: (points) => total(points),
  min_over_time: (points) => Math.min(...points.map(({ value }) => value)),
  max_over_time: (points) => Math.max(...points.map(({ value }) => value)),
  count_over_time: (points) => points.length,
};
const KNOWN = [...Object.keys(RANGES), 'histogram_quantile'].join(', ');
const NAME = new Set(['__name__']);

/** A function call. */
export function callFunction(
  node: SyntaxNode,
  scope: Scope,
  evaluate: Evaluate,
): readonly Sample[] {
  const [identifier] = childrenOf(node, 'FunctionIdentifier');
  const name = identifier ? scope.text.slice(identifier.from, identifier.to) : '';
  const parts = childrenOf(node, 'FunctionCallBody').flatMap((body) => childrenOf(body));
  const over = Object.hasOwn(RANGES, name) ? RANGES[name] : undefined;
  if (over) return overRange(name, over, parts, node, scope);
  if (name === 'histogram_quantile') return quantile(parts, node, scope, evaluate);
  throw new QueryError(`${name}() is not evaluated here. There are ${KNOWN}.`, identifier ?? node);
}

function overRange(
  name: string,
  over: OverRange,
  [range, ...more]: readonly SyntaxNode[],
  node: SyntaxNode,
  scope: Scope,
): readonly Sample[] {
  if (range?.name !== 'MatrixSelector' || more.length > 0)
    throw new QueryError(`${name}() takes a range: ${name}(metric[30s]).`, node);
  const { series, rangeMs } = selectRange(range, scope);
  return series.flatMap(({ labels, points }) => {
    const value = over(points, rangeMs, scope.at);
    return value === null ? [] : [{ labels: withoutLabels(labels, NAME), value }];
  });
}

function quantile(
  [share, buckets]: readonly SyntaxNode[],
  node: SyntaxNode,
  scope: Scope,
  evaluate: Evaluate,
): readonly Sample[] {
  const usage = 'histogram_quantile(0.99, sum by (le) (rate(metric_bucket[30s])))';
  if (!share || !buckets) throw new QueryError(`Write ${usage}.`, node);
  const [wanted, vector] = [evaluate(share, scope), evaluate(buckets, scope)];
  if (typeof wanted !== 'number' || typeof vector === 'number')
    throw new QueryError(`A number and then buckets: ${usage}.`, node);
  return histogramQuantile(wanted, vector);
}
