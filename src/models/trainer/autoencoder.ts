import { createTape, type Tape, type Value } from './autodiff.ts';
import type { ParameterSpec } from './encoder.ts';
import { gradientName } from './gradient-name.ts';
import { createOnnxGraph, type OnnxGraph } from './onnx-graph.ts';
import * as op from './operators.ts';
import type { Weights } from './weights.ts';

/** A network that must describe a window in few numbers and draw it again from them: it can do so for what is usual. */
export interface AutoencoderShape {
  readonly samples: number;
  readonly features: number;
  readonly hidden: number;
  /** Numbers in the narrowest layer. */
  readonly code: number;
}

/** Mean and deviation of each feature, so that a degree and a millisecond weigh the same. */
export interface Normalisation {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** What a trained autoencoder consists of. */
export interface TrainedAutoencoder {
  readonly weights: Weights;
  readonly normalisation: Normalisation;
  /** Mean square error of each feature on calm windows, in deviations: some are harder to foresee than others. */
  readonly usual: Float32Array;
}

const LAYERS = ['squeeze', 'code', 'unfold', 'draw'] as const;

/** Every trained tensor, in the order in which they are stored. */
export function autoencoderParameters(shape: AutoencoderShape): ParameterSpec[] {
  const width = shape.samples * shape.features;
  const sizes = [width, shape.hidden, shape.code, shape.hidden, width];
  return LAYERS.flatMap((name, layer) => {
    const [rows = 0, columns = 0] = sizes.slice(layer, layer + 2);
    return [
      { name, dims: [rows, columns], start: { deviation: 1 / Math.sqrt(rows) } },
      { name: `${name}.bias`, dims: [columns], start: { constant: 0 } },
    ];
  });
}

/** One training step without the update: parameters and `windows` in (their units), `loss` and one gradient per parameter out. */
export function writeAutoencoderTraining(
  shape: AutoencoderShape,
  normalisation: Normalisation,
): Uint8Array {
  const graph = createOnnxGraph();
  const tape = createTape(graph);
  const values = new Map<string, Value>();
  for (const { name, dims } of autoencoderParameters(shape))
    values.set(name, { name: graph.input(name, 'float32', dims), rank: dims.length });
  const { usual, drawn } = writeAutoencoder(tape, shape, normalisation, values);
  const loss = op.meanSquare(tape, drawn, usual.name);
  tape.backward(loss);
  graph.output('loss', loss.name, []);
  for (const { name, dims } of autoencoderParameters(shape))
    graph.output(gradientName(name), tape.gradientOf(values.get(name) as Value), dims);
  return graph.finish();
}

/**
 * The model to serve. In: `windows` [batch, samples, features] in their units. Out: `feature_errors` [batch, features],
 * how wrong each feature was drawn, 1 being usual; `error` [batch], their mean; and `reconstruction` [batch, samples,
 * features], what was drawn, in the units of the window.
 */
export function writeAutoencoderServing(
  shape: AutoencoderShape,
  { weights, normalisation, usual: usualErrors }: TrainedAutoencoder,
  metadata: Record<string, string>,
): Uint8Array {
  const graph = createOnnxGraph();
  const values = new Map<string, Value>();
  for (const { name, dims, values: numbers } of weights)
    values.set(name, { name: graph.weight(name, dims, numbers), rank: dims.length });
  const { usual, drawn } = writeAutoencoder(createTape(graph), shape, normalisation, values);
  const { samples, features } = shape;
  const wrong = graph.node('Sub', [drawn.name, usual.name]);
  const squares = graph.node('Reshape', [
    graph.node('Mul', [wrong, wrong]),
    graph.integers([-1, samples, features]),
  ]);
  const errors = graph.node('Div', [
    graph.node('ReduceMean', [squares], { axes: [1], keepdims: 0 }),
    graph.weight('usual', [features], usualErrors),
  ]);
  graph.output('feature_errors', errors, ['batch', features]);
  graph.output('error', graph.node('ReduceMean', [errors], { axes: [1], keepdims: 0 }), ['batch']);
  const windows = graph.node('Reshape', [drawn.name, graph.integers([-1, samples, features])]);
  const units = graph.node('Add', [graph.node('Mul', [windows, 'deviation']), 'mean']);
  graph.output('reconstruction', units, ['batch', samples, features]);
  return graph.finish(metadata);
}

function writeAutoencoder(
  tape: Tape,
  shape: AutoencoderShape,
  normalisation: Normalisation,
  values: ReadonlyMap<string, Value>,
): { usual: Value; drawn: Value } {
  const { graph } = tape;
  const { samples, features } = shape;
  const usual = normalise(
    graph,
    graph.input('windows', 'float32', ['batch', samples, features]),
    shape,
    normalisation,
  );
  const drawn = LAYERS.reduce<Value>((x, name) => {
    const weight = values.get(name) as Value;
    const bias = values.get(`${name}.bias`) as Value;
    const y = op.add(tape, op.project(tape, x, weight), bias);
    // The narrow layer and the drawing itself may be negative; the two inner ones bend.
    return name === 'squeeze' || name === 'unfold' ? op.relu(tape, y) : y;
  }, usual);
  return { usual, drawn };
}

function normalise(
  graph: OnnxGraph,
  windows: string,
  { samples, features }: AutoencoderShape,
  { mean, deviation }: Normalisation,
): Value {
  const centred = graph.node('Sub', [windows, graph.weight('mean', [features], mean)]);
  const scaled = graph.node('Div', [centred, graph.weight('deviation', [features], deviation)]);
  const flat = graph.node('Reshape', [scaled, graph.integers([-1, samples * features])]);
  return { name: flat, rank: 2 };
}
