import { fieldsOf, type Field } from '../protobuf-fields.ts';
import type { Weights } from './weights.ts';

// Field numbers of onnx.proto: ModelProto.graph, GraphProto.initializer, and TensorProto's dims, data_type, name, raw_data.
const GRAPH = 7;
const INITIALIZER = 5;
const TENSOR = { dims: 1, type: 2, name: 8, bytes: 9 };
const FLOAT_32 = 1;

/** The float32 tensors with two axes or fewer that an `.onnx` file of this trainer stores under a name. */
export function readWeights(model: Uint8Array): Weights {
  const graph = fieldsOf(model).find(({ field }) => field === GRAPH);
  if (!graph?.bytes)
    throw new Error('The file has no graph: it is not an ONNX model of this trainer.');
  return fieldsOf(graph.bytes)
    .filter(({ field }) => field === INITIALIZER)
    .map(({ bytes = new Uint8Array(0) }) => readTensor(fieldsOf(bytes)))
    .filter(({ type, name }) => type === FLOAT_32 && !/^v\d+$/.test(name));
}

function readTensor(fields: readonly Field[]) {
  const bytes = (wanted: number): Uint8Array =>
    fields.find(({ field }) => field === wanted)?.bytes ?? new Uint8Array(0);
  return {
    name: new TextDecoder().decode(bytes(TENSOR.name)),
    type: fields.find(({ field }) => field === TENSOR.type)?.value,
    dims: fields.filter(({ field }) => field === TENSOR.dims).map(({ value = 0 }) => value),
    // A copy, because the file's floats need not lie on a multiple of four.
    values: new Float32Array(new Uint8Array(bytes(TENSOR.bytes)).buffer),
  };
}
