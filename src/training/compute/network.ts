import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  add,
  matMul,
  mean,
  memory,
  relu,
  square,
  sub,
  tensor,
  tidy,
  valueAndGrads,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { seededRandom } from '#models/random.ts';

/** Trained numbers, layer by layer: a matrix [in, out] and then its bias [out]. */
export type Parameters = readonly Float32Array[];

/** What a step costs in tfjs's own accounts. */
export interface TensorMemory {
  readonly tensors: number;
  readonly bytes: number;
}

/** Loss of a batch and its slope for every parameter, in the order of the parameters. */
export interface Gradients {
  readonly loss: number;
  readonly slopes: readonly Float32Array[];
}

/** Widths of the layers behind the window: the anomaly autoencoder, 72-48-5-48-72 for its windows. */
const HIDDEN = 48;
const CODE = 5;

/** First values: random where units must differ from each other, zero for the biases. */
export function initialParameters(width: number, seed: number): Parameters {
  const random = seededRandom(seed);
  return layers(width).flatMap(([inputs, outputs]) => [
    Float32Array.from({ length: inputs * outputs }, () => random.normal() / Math.sqrt(inputs)),
    new Float32Array(outputs),
  ]);
}

/** Mean square error of drawing each window again from five numbers, and its gradients. Leaves no tensor behind. */
export async function computeGradients(
  parameters: Parameters,
  windows: Float32Array,
  width: number,
): Promise<Gradients> {
  const { value, grads } = tidy(() => {
    const input = tensor(windows, [windows.length / width, width]) as Tensor2D;
    const lossOf = valueAndGrads((...held: Tensor[]) =>
      mean(square(sub(draw(input, held), input))),
    );
    return lossOf(upload(parameters, width));
  });
  try {
    const [loss, ...slopes] = await Promise.all([value, ...grads].map((one) => one.data()));
    return { loss: loss?.[0] ?? NaN, slopes: slopes.map((slope) => slope as Float32Array) };
  } finally {
    for (const one of [value, ...grads]) one.dispose();
  }
}

/** What tfjs holds now. */
export function readMemory(): TensorMemory {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
}

function layers(width: number): [inputs: number, outputs: number][] {
  return [
    [width, HIDDEN],
    [HIDDEN, CODE],
    [CODE, HIDDEN],
    [HIDDEN, width],
  ];
}

function upload(parameters: Parameters, width: number): Tensor[] {
  return layers(width).flatMap(([inputs, outputs], layer) => [
    tensor(parameters[2 * layer] as Float32Array, [inputs, outputs]),
    tensor(parameters[2 * layer + 1] as Float32Array, [outputs]),
  ]);
}

/** The narrow layer and the drawing itself may be negative; the two inner ones bend. */
function draw(input: Tensor2D, held: readonly Tensor[]): Tensor {
  let x: Tensor = input;
  for (let layer = 0; layer < held.length / 2; layer++) {
    const weight = held[2 * layer] as Tensor;
    const y = add(matMul(x, weight), held[2 * layer + 1] as Tensor);
    x = layer % 2 === 0 ? relu(y) : y;
  }
  return x;
}
