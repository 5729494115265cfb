import { createTape, type Value } from './autodiff.ts';
import { encoderParameters, writeEncoder, type EncoderShape } from './encoder.ts';
import { gradientName } from './gradient-name.ts';
import { createOnnxGraph } from './onnx-graph.ts';
import { crossEntropy } from './operators.ts';
import type { Weights } from './weights.ts';

/**
 * One training step without the update: parameters, `input_ids`, `attention_mask`, `keep` and `wanted` in,
 * `loss` and one gradient per parameter out. A fixed batch lets the engine work nothing out twice; `'batch'` takes any.
 */
export function writeTrainingGraph(shape: EncoderShape, batch: number | 'batch'): Uint8Array {
  const graph = createOnnxGraph();
  const tape = createTape(graph);
  const parameters = encoderParameters(shape);
  const values = new Map<string, Value>();
  for (const { name, dims } of parameters) {
    values.set(name, { name: graph.input(name, 'float32', dims), rank: dims.length });
  }
  const logits = writeEncoder(tape, shape, (name) => valueOf(values, name), {
    ids: graph.input('input_ids', 'int64', [batch, shape.maxTokens]),
    mask: graph.input('attention_mask', 'int64', [batch, shape.maxTokens]),
    keep: graph.input('keep', 'float32', [batch, shape.width]),
  });
  const loss = crossEntropy(tape, logits, graph.input('wanted', 'float32', [batch, shape.classes]));
  tape.backward(loss);
  graph.output('loss', loss.name, []);
  for (const { name, dims } of parameters) {
    graph.output(gradientName(name), tape.gradientOf(valueOf(values, name)), dims);
  }
  return graph.finish();
}

/** The model to serve: `input_ids` and `attention_mask` [batch, tokens] in, `logits` [batch, classes] out. */
export function writeInferenceGraph(
  shape: EncoderShape,
  weights: Weights,
  metadata: Record<string, string>,
  graph = createOnnxGraph(),
): Uint8Array {
  const ids = graph.input('input_ids', 'int64', ['batch', 'tokens']);
  const mask = graph.input('attention_mask', 'int64', ['batch', 'tokens']);
  const values = new Map<string, Value>();
  for (const { name, dims, values: numbers } of weights) {
    values.set(name, { name: graph.weight(name, dims, numbers), rank: dims.length });
  }
  const tokens = graph.node('Slice', [
    graph.node('Shape', [ids]),
    graph.integers([1]),
    graph.integers([2]),
  ]);
  const positions = graph.node('Slice', ['positions', graph.integers([0]), tokens]);
  values.set('positions', { name: positions, rank: 2 });
  const logits = writeEncoder(createTape(graph), shape, (name) => valueOf(values, name), {
    ids,
    mask,
  });
  graph.output('logits', logits.name, ['batch', shape.classes]);
  return graph.finish(metadata);
}

function valueOf(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (!value) throw new Error(`The encoder has no parameter ${name}.`);
  return value;
}
