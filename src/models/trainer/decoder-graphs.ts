import { createTape, type Value } from './autodiff.ts';
import { decoderParameters, writeDecoder, type DecoderShape } from './decoder.ts';
import { gradientName } from './gradient-name.ts';
import { createOnnxGraph } from './onnx-graph.ts';
import { crossEntropy, reshape } from './operators.ts';
import type { Weights } from './weights.ts';

const FORBIDDEN = -10_000;

/**
 * One training step without the update: parameters, `input_ids` and `next_ids` (int64 [batch, maxTokens]) in, `loss`
 * (mean over all tokens, in nats) and one gradient per parameter out.
 */
export function writeDecoderTraining(shape: DecoderShape, batch: number): Uint8Array {
  const graph = createOnnxGraph();
  const tape = createTape(graph);
  const parameters = decoderParameters(shape);
  const values = new Map<string, Value>();
  for (const { name, dims } of parameters)
    values.set(name, { name: graph.input(name, 'float32', dims), rank: dims.length });
  const of = (name: string): Value => values.get(name) as Value;
  const size = shape.maxTokens;
  const bias = Float32Array.from({ length: size * size }, (_, at) =>
    at % size > Math.floor(at / size) ? FORBIDDEN : 0,
  );
  const { logits } = writeDecoder(tape, shape, of, {
    ids: graph.input('input_ids', 'int64', [batch, size]),
    positions: of('positions'),
    bias: graph.weight('causal', [size, size], bias),
  });
  const next = graph.node('Reshape', [
    graph.input('next_ids', 'int64', [batch, size]),
    graph.integers([-1]),
  ]);
  const offOn = graph.weight('off-on', [2], Float32Array.of(0, 1));
  const wanted = graph.node('OneHot', [next, graph.integers([shape.vocabulary]), offOn], {
    axis: -1,
  });
  const loss = crossEntropy(tape, reshape(tape, logits, [-1, shape.vocabulary]), wanted);
  tape.backward(loss);
  graph.output('loss', loss.name, []);
  for (const { name, dims } of parameters)
    graph.output(gradientName(name), tape.gradientOf(of(name)), dims);
  return graph.finish();
}

/**
 * The model to serve. In: `input_ids` and `position_ids` [batch, tokens], `attention_bias` [batch, 1, tokens,
 * earlier + tokens] (0 or very negative), and per layer `past_key.N` and `past_value.N` [batch, heads, earlier, width /
 * heads]. Out: `logits` [batch, tokens, vocabulary] and per layer `new_key.N` and `new_value.N` of these tokens.
 */
export function writeDecoderServing(
  shape: DecoderShape,
  weights: Weights,
  metadata: Record<string, string>,
  graph = createOnnxGraph(),
): Uint8Array {
  const { heads, width, layers, vocabulary } = shape;
  const ids = graph.input('input_ids', 'int64', ['batch', 'tokens']);
  const places = graph.input('position_ids', 'int64', ['batch', 'tokens']);
  const bias = graph.input('attention_bias', 'float32', ['batch', 1, 'tokens', 'seen']);
  const cache = (name: string): string =>
    graph.input(name, 'float32', ['batch', heads, 'earlier', width / heads]);
  const past = Array.from({ length: layers }, (_, layer) => ({
    keys: cache(`past_key.${layer}`),
    values: cache(`past_value.${layer}`),
  }));
  const values = new Map<string, Value>();
  for (const { name, dims, values: numbers } of weights)
    values.set(name, { name: graph.weight(name, dims, numbers), rank: dims.length });
  const positions = { name: graph.node('Gather', ['positions', places]), rank: 3 };
  const { logits, made } = writeDecoder(
    createTape(graph),
    shape,
    (name) => values.get(name) as Value,
    { ids, positions, bias, past },
  );
  graph.output('logits', logits.name, ['batch', 'tokens', vocabulary]);
  made.forEach(({ keys, values: content }, layer) => {
    graph.output(`new_key.${layer}`, keys, ['batch', heads, 'tokens', width / heads]);
    graph.output(`new_value.${layer}`, content, ['batch', heads, 'tokens', width / heads]);
  });
  return graph.finish(metadata);
}
