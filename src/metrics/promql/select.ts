import type { SyntaxNode } from '@lezer/common';
import type { Labels, Sample } from '../labels.ts';
import { QueryError } from '../query-error.ts';
import type { Series } from '../series-store.ts';
import type { Scope } from './evaluate.ts';
import { childrenOf, readDuration, readString } from './parse-query.ts';

type Test = (labels: Labels) => boolean;

/** The last value of each selected series that is not too old. */
export function selectInstant(node: SyntaxNode, scope: Scope): readonly Sample[] {
  const { at, lookbackMs } = scope;
  return scope.store.select(readMatchers(node, scope)).flatMap(({ labels, points }) => {
    const last = points.findLast((point) => point.at <= at);
    return last && last.at > at - lookbackMs ? [{ labels, value: last.value }] : [];
  });
}

/** The points of each selected series in the range, and the range's length in milliseconds. */
export function selectRange(
  node: SyntaxNode,
  scope: Scope,
): { readonly series: readonly Series[]; readonly rangeMs: number } {
  const [selector] = childrenOf(node, 'VectorSelector');
  const [duration] = childrenOf(node, 'DurationExpr', 'NumberDurationLiteralInDurationContext');
  if (!selector || !duration)
    throw new QueryError('A range is written after a metric: metric[30s].', node);
  const rangeMs = readDuration(scope.text.slice(duration.from, duration.to));
  if (!(rangeMs > 0)) throw new QueryError('A range is longer than 0.', duration);
  const { at } = scope;
  const series = scope.store
    .select(readMatchers(selector, scope))
    .map(({ labels, points }) => ({
      labels,
      points: points.filter((point) => point.at > at - rangeMs && point.at <= at),
    }))
    .filter(({ points }) => points.length > 0);
  return { series, rangeMs };
}

function readMatchers(node: SyntaxNode, { text }: Scope): Test {
  const tests: Test[] = childrenOf(node, 'Identifier').map(({ from, to }) => {
    const name = text.slice(from, to);
    return (labels) => labels['__name__'] === name;
  });
  for (const list of childrenOf(node, 'LabelMatchers'))
    tests.push(...childrenOf(list).map((matcher) => readMatcher(matcher, text)));
  return (labels) => tests.every((test) => test(labels));
}

function readMatcher(node: SyntaxNode, text: string): Test {
  const [label] = childrenOf(node, 'LabelName', 'QuotedLabelName');
  const [operator] = childrenOf(node, 'MatchOp');
  const [literal] = childrenOf(node, 'StringLiteral');
  if (!label || !operator || !literal) throw new QueryError('This is not a label matcher.', node);
  const name = text.slice(label.from, label.to).replaceAll('"', '');
  const wanted = readString(text.slice(literal.from, literal.to));
  const sign = text.slice(operator.from, operator.to);
  const isEqual = sign.startsWith('=');
  const matches = sign.endsWith('~')
    ? toPattern(wanted, literal)
    : (value: string) => value === wanted;
  return (labels) => matches(labels[name] ?? '') === isEqual;
}

/** As in Prometheus the pattern is anchored at both ends. */
function toPattern(pattern: string, place: SyntaxNode): (value: string) => boolean {
  try {
    const expression = new RegExp(`^(?:${pattern})$`, 'u');
    return (value) => expression.test(value);
  } catch {
    throw new QueryError(`"${pattern}" is not a regular expression.`, place);
  }
}
