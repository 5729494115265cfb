import type { SyntaxNode } from '@lezer/common';
import { withoutLabels, type Sample } from '../labels.ts';
import { QueryError } from '../query-error.ts';
import type { SeriesStore } from '../series-store.ts';
import { aggregate } from './aggregate.ts';
import { operate } from './operate.ts';
import { callFunction } from './functions.ts';
import { childrenOf, readDuration } from './parse-query.ts';
import { selectInstant } from './select.ts';

/** A scalar or an instant vector. */
export type Value = number | readonly Sample[];

export interface Scope {
  readonly text: string;
  readonly store: SeriesStore;
  readonly at: number;
  readonly lookbackMs: number;
}

export type Evaluate = (node: SyntaxNode, scope: Scope) => Value;

/** The value of an expression at the scope's time. Throws a `QueryError` for what is not evaluated here. */
export function evaluate(node: SyntaxNode, scope: Scope): Value {
  const handle = HANDLERS[node.name];
  if (handle) return handle(node, scope);
  const text = scope.text.slice(node.from, node.to);
  throw new QueryError(`${NAMES[node.name] ?? node.name} is not evaluated here: ${text}`, node);
}

const HANDLERS: Readonly<Record<string, Evaluate>> = {
  NumberDurationLiteral: (node, { text }) => readNumber(text.slice(node.from, node.to)),
  VectorSelector: (node, scope) => selectInstant(node, scope),
  ParenExpr: (node, scope) => evaluate(inner(node), scope),
  UnaryExpr: (node, scope) => negate(evaluate(inner(node), scope), node, scope),
  BinaryExpr: (node, scope) => operate(node, scope, evaluate),
  AggregateExpr: (node, scope) => aggregate(node, scope, evaluate),
  FunctionCall: (node, scope) => callFunction(node, scope, evaluate),
};

const NAMES: Readonly<Record<string, string>> = {
  MatrixSelector: 'A range outside of rate() and its kin',
  OffsetExpr: 'offset',
  StepInvariantExpr: 'The @ modifier',
  SubqueryExpr: 'A subquery',
  StringLiteral: 'A text by itself',
};

function inner(node: SyntaxNode): SyntaxNode {
  const last = node.lastChild;
  if (!last) throw new QueryError('The expression is empty.', node);
  return last;
}

function readNumber(text: string): number {
  const number = Number(text.replace(/^\+?inf$/i, 'Infinity'));
  return Number.isNaN(number) && !/^nan$/i.test(text) ? readDuration(text) / 1000 : number;
}

function negate(value: Value, node: SyntaxNode, { text }: Scope): Value {
  const [sign] = childrenOf(node, 'UnaryOp');
  if (!sign || text.slice(sign.from, sign.to) === '+') return value;
  if (typeof value === 'number') return -value;
  return value.map(({ labels, value: one }) => ({
    labels: withoutLabels(labels, new Set(['__name__'])),
    value: -one,
  }));
}
