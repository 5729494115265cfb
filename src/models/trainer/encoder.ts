import type { Tape, Value } from './autodiff.ts';
import * as op from './operators.ts';

/**
 * A transformer encoder with one block that is applied several times (ALBERT, Lan et al. 2019): sharing the weights
 * keeps the file small, repeating the block buys accuracy with compute instead of with bytes.
 */
export interface EncoderShape {
  readonly vocabulary: number;
  /** Numbers per token in the table; small, because the table is the largest part of the file. */
  readonly embedding: number;
  /** Numbers per token inside the block. */
  readonly width: number;
  readonly heads: number;
  /** Width of the block's inner layer. */
  readonly hidden: number;
  /** How many times the block is applied. */
  readonly repeats: number;
  readonly maxTokens: number;
  readonly classes: number;
}

/** One trained tensor: its shape and the deviation of its first random values (or the constant they start from). */
export interface ParameterSpec {
  readonly name: string;
  readonly dims: readonly number[];
  readonly start: { readonly deviation: number } | { readonly constant: number };
}

/** Names in the graph of what changes from call to call. */
export interface EncoderInputs {
  /** int64 [batch, tokens]. */
  readonly ids: string;
  /** int64 [batch, tokens], 1 for text and 0 for padding. */
  readonly mask: string;
  /** float [batch, width], what dropout leaves; only in training. */
  readonly keep?: string;
}

/** Every trained tensor of the encoder, in the order in which they are stored. */
export function encoderParameters(shape: EncoderShape): ParameterSpec[] {
  const { embedding, width, hidden, classes } = shape;
  const matrix = (name: string, rows: number, columns: number): ParameterSpec => ({
    name,
    dims: [rows, columns],
    start: { deviation: 1 / Math.sqrt(rows) },
  });
  const vector = (name: string, size: number, constant: number): ParameterSpec => ({
    name,
    dims: [size],
    start: { constant },
  });
  const block = [
    vector('attention.gain', width, 1),
    vector('attention.shift', width, 0),
    ...['query', 'key', 'value', 'out'].map((name) => matrix(`attention.${name}`, width, width)),
    vector('inner.gain', width, 1),
    vector('inner.shift', width, 0),
    matrix('inner.in', width, hidden),
    vector('inner.bias', hidden, 0),
    matrix('inner.out', hidden, width),
  ];
  return [
    { name: 'tokens', dims: [shape.vocabulary, embedding], start: { deviation: 0.3 } },
    { name: 'positions', dims: [shape.maxTokens, embedding], start: { deviation: 0.1 } },
    matrix('widen', embedding, width),
    ...(shape.repeats > 0 ? block : []),
    vector('pool.gain', width, 1),
    vector('pool.shift', width, 0),
    matrix('pool.query', width, 1),
    matrix('head', width, classes),
    vector('head.bias', classes, 0),
  ];
}

/** Writes the encoder: token ids in, one number per class out ([batch, classes], before softmax). */
export function writeEncoder(
  tape: Tape,
  shape: EncoderShape,
  of: (name: string) => Value,
  inputs: EncoderInputs,
): Value {
  const absent = writeAbsence(tape, inputs.mask);
  const embedded = op.add(
    tape,
    op.lookUp(tape, of('tokens'), inputs.ids, shape.vocabulary),
    of('positions'),
  );
  let x = op.project(tape, embedded, of('widen'));
  for (let i = 0; i < shape.repeats; i++) {
    x = op.add(tape, x, attend(tape, shape, of, x, absent));
    x = op.add(tape, x, think(tape, of, x));
  }
  const pooled = pool(tape, shape, of, x, absent);
  const kept = inputs.keep ? op.multiplyBy(tape, pooled, inputs.keep) : pooled;
  return op.add(tape, op.project(tape, kept, of('head')), of('head.bias'));
}

/** Every token asks (query) every other (key) how much of it (value) to take over. */
function attend(
  tape: Tape,
  shape: EncoderShape,
  of: (name: string) => Value,
  x: Value,
  absent: string,
): Value {
  const { heads, width } = shape;
  const forbid = tape.graph.node('Unsqueeze', [absent, tape.graph.integers([1, 2])]);
  const normal = op.layerNorm(tape, x, of('attention.gain'), of('attention.shift'));
  const split = (name: string, order: readonly number[]): Value =>
    op.transpose(
      tape,
      op.reshape(tape, op.project(tape, normal, of(`attention.${name}`)), [
        0,
        0,
        heads,
        width / heads,
      ]),
      order,
    );
  const scores = op.multiplyMatrices(
    tape,
    split('query', [0, 2, 1, 3]),
    split('key', [0, 2, 3, 1]),
  );
  const scaled = op.multiplyBy(tape, scores, tape.graph.scalar(1 / Math.sqrt(width / heads)));
  const taken = op.multiplyMatrices(
    tape,
    op.softmax(tape, op.shiftBy(tape, scaled, forbid)),
    split('value', [0, 2, 1, 3]),
  );
  const joined = op.reshape(tape, op.transpose(tape, taken, [0, 2, 1, 3]), [0, 0, width]);
  return op.project(tape, joined, of('attention.out'));
}

/** Two layers applied to each token by itself. */
function think(tape: Tape, of: (name: string) => Value, x: Value): Value {
  const normal = op.layerNorm(tape, x, of('inner.gain'), of('inner.shift'));
  const inner = op.add(tape, op.project(tape, normal, of('inner.in')), of('inner.bias'));
  return op.project(tape, op.relu(tape, inner), of('inner.out'));
}

/** One row per text: a weighted mean of its tokens, in which the telling ones weigh more. */
function pool(
  tape: Tape,
  shape: EncoderShape,
  of: (name: string) => Value,
  x: Value,
  absent: string,
): Value {
  const normal = op.layerNorm(tape, x, of('pool.gain'), of('pool.shift'));
  const scores = op.transpose(tape, op.project(tape, normal, of('pool.query')), [0, 2, 1]);
  const forbid = tape.graph.node('Unsqueeze', [absent, tape.graph.integers([1])]);
  const shares = op.softmax(tape, op.shiftBy(tape, scores, forbid));
  return op.reshape(tape, op.multiplyMatrices(tape, shares, normal), [-1, shape.width]);
}

/** From the 0/1 mask: 0 for a token of the text, a large negative number for padding, which softmax turns into 0. */
function writeAbsence(tape: Tape, mask: string): string {
  const { graph } = tape;
  const missing = graph.node('Sub', [graph.node('Cast', [mask], { to: 1 }), graph.scalar(1)]);
  return graph.node('Mul', [missing, graph.scalar(10_000)]);
}
