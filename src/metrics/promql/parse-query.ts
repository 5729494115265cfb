import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { QueryError } from '../query-error.ts';

/** The expression of a query. Throws a `QueryError` at the first place that PromQL does not allow. */
export function parseQuery(text: string): SyntaxNode {
  if (text.trim() === '') throw new QueryError('The query is empty.', { from: 0, to: 0 });
  const tree = parser.parse(text);
  let problem: { readonly from: number; readonly to: number } | null = null;
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) problem ??= { from, to };
      return problem === null;
    },
  });
  const root = tree.topNode.firstChild;
  if (problem !== null || !root) throw explain(text, problem ?? { from: 0, to: text.length });
  return root;
}

/** The direct children of a kind. */
export function childrenOf(node: SyntaxNode, ...kinds: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (kinds.length === 0 || kinds.includes(child.name)) found.push(child);
  return found;
}

/** `30s`, `1m30s`, `500ms` in milliseconds; a bare number is in seconds. */
export function readDuration(text: string): number {
  if (/^[\d.]+$/.test(text)) return Number(text) * 1000;
  const units: Readonly<Record<string, number>> = {
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
  };
  let total = 0;
  for (const [, count, unit = 's'] of text.matchAll(/(\d+)(ms|[smhd])/g))
    total += Number(count) * (units[unit] ?? 0);
  return total;
}

/** The text of a string literal. */
export function readString(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  return inner.replaceAll(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}

function explain(text: string, place: { readonly from: number; readonly to: number }): QueryError {
  const rest = text.slice(place.from, Math.max(place.to, place.from + 12)).trim();
  const where = rest === '' ? 'at its end' : `at "${rest}", character ${place.from + 1}`;
  return new QueryError(`The query cannot be read ${where}.`, place);
}
