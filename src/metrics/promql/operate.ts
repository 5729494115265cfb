import type { SyntaxNode } from '@lezer/common';
import { labelKey, onlyLabels, withoutLabels, type Labels, type Sample } from '../labels.ts';
import { QueryError } from '../query-error.ts';
import { readNames } from './aggregate.ts';
import type { Evaluate, Scope, Value } from './evaluate.ts';
import { childrenOf } from './parse-query.ts';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Mod: (a, b) => a % b,
  Pow: (a, b) => a ** b,
};
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  Eql: (a, b) => a === b,
  Eqlc: (a, b) => a === b,
  Neq: (a, b) => a !== b,
  Gtr: (a, b) => a > b,
  Lss: (a, b) => a < b,
  Gte: (a, b) => a >= b,
  Lte: (a, b) => a <= b,
};
const NAME = new Set(['__name__']);

/** What becomes of one pair of values; null leaves the series out, as a comparison filters. */
interface Operation {
  readonly apply: (a: number, b: number) => number | null;
  /** A filter keeps the series as it is. */
  readonly isFilter: boolean;
}

/** `a / b`, `rate > 5` and so on: between numbers, series and numbers, and series that match one to one. */
export function operate(node: SyntaxNode, scope: Scope, evaluate: Evaluate): Value {
  const [left, right] = [node.firstChild, node.lastChild];
  if (!left || !right) throw new QueryError('An operator stands between two expressions.', node);
  const operation = readOperation(node, scope);
  const [a, b] = [evaluate(left, scope), evaluate(right, scope)];
  if (typeof a === 'number' && typeof b === 'number') return operateNumbers(a, b, operation, node);
  if (typeof b === 'number')
    return mapValues(a as readonly Sample[], operation, (value) => operation.apply(value, b));
  if (typeof a === 'number') return mapValues(b, operation, (value) => operation.apply(a, value));
  return match(a, b, operation, readMatching(node, scope), node);
}

function readOperation(node: SyntaxNode, { text }: Scope): Operation {
  const operator = childrenOf(node).find(
    ({ name }) => Object.hasOwn(ARITHMETIC, name) || Object.hasOwn(COMPARISONS, name),
  );
  const arithmetic = operator && ARITHMETIC[operator.name];
  if (arithmetic) return { apply: arithmetic, isFilter: false };
  const compare = operator && COMPARISONS[operator.name];
  if (!compare) {
    const written = text.slice(node.from, node.to);
    throw new QueryError(`This operator is not evaluated here: ${written}`, node);
  }
  const isBool = childrenOf(node, 'BoolModifier').length > 0;
  if (isBool) return { apply: (a, b) => Number(compare(a, b)), isFilter: false };
  return { apply: (a, b) => (compare(a, b) ? a : null), isFilter: true };
}

function operateNumbers(a: number, b: number, operation: Operation, node: SyntaxNode): number {
  if (operation.isFilter)
    throw new QueryError('Two numbers are compared with bool, for example 2 > bool 1.', node);
  return operation.apply(a, b) ?? Number.NaN;
}

function mapValues(
  vector: readonly Sample[],
  { isFilter }: Operation,
  toValue: (value: number) => number | null,
): readonly Sample[] {
  return vector.flatMap(({ labels, value }) => {
    const result = toValue(value);
    if (result === null) return [];
    // A filter shows what it let through, whichever side the number stands on.
    return [isFilter ? { labels, value } : { labels: withoutLabels(labels, NAME), value: result }];
  });
}

function readMatching(node: SyntaxNode, { text }: Scope): (labels: Labels) => Labels {
  const [modifier] = childrenOf(node, 'MatchingModifierClause');
  if (!modifier) return (labels) => withoutLabels(labels, NAME);
  if (childrenOf(modifier, 'GroupLeft', 'GroupRight').length > 0)
    throw new QueryError('group_left and group_right are not evaluated here.', modifier);
  const names = new Set(readNames(modifier, text));
  if (childrenOf(modifier, 'On').length > 0) return (labels) => onlyLabels(labels, names);
  return (labels) => withoutLabels(labels, new Set([...names, '__name__']));
}

function match(
  left: readonly Sample[],
  right: readonly Sample[],
  { apply, isFilter }: Operation,
  matching: (labels: Labels) => Labels,
  node: SyntaxNode,
): readonly Sample[] {
  const others = indexOnce(right, matching, node);
  indexOnce(left, matching, node);
  return left.flatMap(({ labels, value }) => {
    const group = matching(labels);
    const other = others.get(labelKey(group));
    const result = other === undefined ? null : apply(value, other);
    if (result === null) return [];
    return [{ labels: isFilter ? labels : group, value: result }];
  });
}

function indexOnce(
  vector: readonly Sample[],
  matching: (labels: Labels) => Labels,
  node: SyntaxNode,
): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  for (const { labels, value } of vector) {
    const key = labelKey(matching(labels));
    if (index.has(key)) {
      throw new QueryError(
        'More than one series on one side has the same labels. Aggregate it first, or match with on (...).',
        node,
      );
    }
    index.set(key, value);
  }
  return index;
}
