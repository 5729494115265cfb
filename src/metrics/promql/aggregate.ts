import type { SyntaxNode } from '@lezer/common';
import { labelKey, onlyLabels, withoutLabels, type Labels, type Sample } from '../labels.ts';
import { QueryError } from '../query-error.ts';
import type { Evaluate, Scope } from './evaluate.ts';
import { childrenOf } from './parse-query.ts';

const FOLDS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  avg: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  count: (values) => values.length,
};

/** `sum by (pod) (...)` and its kin. */
export function aggregate(node: SyntaxNode, scope: Scope, evaluate: Evaluate): readonly Sample[] {
  const [operator] = childrenOf(node, 'AggregateOp');
  const name = operator ? scope.text.slice(operator.from, operator.to).toLowerCase() : '';
  const fold = FOLDS[name];
  if (!fold) {
    throw new QueryError(
      `${name} is not evaluated here. There are ${Object.keys(FOLDS).join(', ')}.`,
      operator ?? node,
    );
  }
  const [body] = childrenOf(node, 'FunctionCallBody');
  const argument = body?.firstChild;
  if (!argument) throw new QueryError(`${name} needs something to aggregate.`, node);
  const vector = evaluate(argument, scope);
  if (typeof vector === 'number')
    throw new QueryError(`${name} aggregates series, and this is a number.`, argument);
  return foldGroups(vector, groupBy(node, scope), fold);
}

function foldGroups(
  vector: readonly Sample[],
  groupOf: (labels: Labels) => Labels,
  fold: (values: readonly number[]) => number,
): readonly Sample[] {
  const groups = new Map<string, { readonly labels: Labels; readonly values: number[] }>();
  for (const { labels, value } of vector) {
    const group = groupOf(labels);
    const key = labelKey(group);
    const known = groups.get(key) ?? { labels: group, values: [] };
    groups.set(key, known);
    known.values.push(value);
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, value: fold(values) }));
}

function groupBy(node: SyntaxNode, { text }: Scope): (labels: Labels) => Labels {
  const [modifier] = childrenOf(node, 'AggregateModifier');
  if (!modifier) return () => ({});
  const names = new Set(readNames(modifier, text));
  if (childrenOf(modifier, 'By').length > 0) return (labels) => onlyLabels(labels, names);
  names.add('__name__');
  return (labels) => withoutLabels(labels, names);
}

/** The names in the parentheses of `by`, `without`, `on` and `ignoring`. */
export function readNames(node: SyntaxNode, text: string): string[] {
  return childrenOf(node, 'GroupingLabels').flatMap((list) =>
    childrenOf(list, 'LabelName', 'QuotedLabelName').map(({ from, to }) =>
      text.slice(from, to).replaceAll('"', ''),
    ),
  );
}
