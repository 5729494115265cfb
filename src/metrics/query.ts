import type { Sample } from './labels.ts';
import { evaluate } from './promql/evaluate.ts';
import { parseQuery } from './promql/parse-query.ts';
import { QueryError } from './query-error.ts';
import type { Point, SeriesStore } from './series-store.ts';

export interface QueryOptions {
  /** An instant selector takes the last value that is at most this old, milliseconds. */
  readonly lookbackMs: number;
}

export interface RangeSeries {
  readonly labels: Sample['labels'];
  readonly points: readonly Point[];
}

export type QueryAnswer =
  | { readonly ok: true; readonly series: readonly RangeSeries[] }
  | { readonly ok: false; readonly message: string; readonly from: number; readonly to: number };

/**
 * Evaluates a PromQL expression at each of some times, milliseconds. The grammar is Prometheus's own;
 * selectors, ranges, rate and its kin, aggregations, histogram_quantile and operators are evaluated,
 * and what is not says so.
 */
export function queryRange(
  text: string,
  store: SeriesStore,
  times: readonly number[],
  options: QueryOptions,
): QueryAnswer {
  try {
    const root = parseQuery(text);
    const found = new Map<string, { labels: Sample['labels']; points: Point[] }>();
    for (const at of times) {
      const value = evaluate(root, { text, store, at, lookbackMs: options.lookbackMs });
      const vector = typeof value === 'number' ? [{ labels: {}, value }] : value;
      for (const { labels, value: sample } of vector) {
        const key = JSON.stringify(labels);
        const series = found.get(key) ?? { labels, points: [] };
        found.set(key, series);
        series.points.push({ at, value: sample });
      }
    }
    return { ok: true, series: [...found.values()] };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { ok: false, message: error.message, from: error.from, to: error.to };
  }
}
