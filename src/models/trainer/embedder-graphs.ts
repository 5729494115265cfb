import { createTape, type Value } from './autodiff.ts';
import { encoderParameters, writeEncoder, type EncoderShape } from './encoder.ts';
import { gradientName } from './gradient-name.ts';
import { createOnnxGraph } from './onnx-graph.ts';
import * as op from './operators.ts';
import type { Weights } from './weights.ts';

// How sharply a step tells similar from dissimilar: cosines lie in -1..1, and a softmax of those alone is nearly flat.
const SHARPNESS = 20;
const FORBIDDEN = -10_000;

/**
 * One training step without the update. In: parameters, `input_ids` and `attention_mask` of `pairs` questions and then
 * of their `pairs` answers. Out: `loss` (InfoNCE both ways: each question must be closest to its own answer among all
 * answers of the step, and each answer to its question) and one gradient per parameter.
 */
export function writeEmbedderTraining(shape: EncoderShape, pairs: number): Uint8Array {
  const graph = createOnnxGraph();
  const tape = createTape(graph);
  const parameters = encoderParameters(shape);
  const values = new Map<string, Value>();
  for (const { name, dims } of parameters)
    values.set(name, { name: graph.input(name, 'float32', dims), rank: dims.length });
  const of = (name: string): Value => values.get(name) as Value;
  const texts = 2 * pairs;
  const output = writeEncoder(tape, shape, of, {
    ids: graph.input('input_ids', 'int64', [texts, shape.maxTokens]),
    mask: graph.input('attention_mask', 'int64', [texts, shape.maxTokens]),
  });
  const unit = op.unitRows(tape, output);
  const cosines = op.multiplyMatrices(tape, unit, op.transpose(tape, unit, [1, 0]));
  // Questions are compared with answers only: not with themselves, nor with each other.
  const table = (of2: (row: number, column: number) => number): Float32Array =>
    Float32Array.from({ length: texts * texts }, (_, at) =>
      of2(Math.floor(at / texts), at % texts),
    );
  const isQuestion = (text: number): boolean => text < pairs;
  const sameSide = graph.weight(
    'same-side',
    [texts, texts],
    table((row, column) => (isQuestion(row) === isQuestion(column) ? FORBIDDEN : 0)),
  );
  const own = graph.weight(
    'own',
    [texts, texts],
    table((row, column) => (column === (row + pairs) % texts ? 1 : 0)),
  );
  const scores = op.shiftBy(tape, op.multiplyBy(tape, cosines, graph.scalar(SHARPNESS)), sameSide);
  const loss = op.crossEntropy(tape, scores, own);
  tape.backward(loss);
  graph.output('loss', loss.name, []);
  for (const { name, dims } of parameters)
    graph.output(gradientName(name), tape.gradientOf(of(name)), dims);
  return graph.finish();
}

/** The model to serve: `input_ids` and `attention_mask` [batch, tokens] in, `embedding` [batch, dimensions] out, rows of length 1. */
export function writeEmbedderServing(
  shape: EncoderShape,
  weights: Weights,
  metadata: Record<string, string>,
): Uint8Array {
  const graph = createOnnxGraph();
  const ids = graph.input('input_ids', 'int64', ['batch', 'tokens']);
  const mask = graph.input('attention_mask', 'int64', ['batch', 'tokens']);
  const values = new Map<string, Value>();
  for (const { name, dims, values: numbers } of weights)
    values.set(name, { name: graph.weight(name, dims, numbers), rank: dims.length });
  const tokens = graph.node('Slice', [
    graph.node('Shape', [ids]),
    graph.integers([1]),
    graph.integers([2]),
  ]);
  const positions = graph.node('Slice', ['positions', graph.integers([0]), tokens]);
  values.set('positions', { name: positions, rank: 2 });
  const tape = createTape(graph);
  const output = writeEncoder(tape, shape, (name) => values.get(name) as Value, { ids, mask });
  graph.output('embedding', op.unitRows(tape, output).name, ['batch', shape.classes]);
  return graph.finish(metadata);
}
