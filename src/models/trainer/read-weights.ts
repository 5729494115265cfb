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

interface Field {
  readonly field: number;
  readonly value?: number;
  readonly bytes?: Uint8Array;
}

function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('The ONNX file ends inside a field.');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) fields.push({ field, value: varint() });
    else if (wireType === 5) at += 4;
    else {
      const length = varint();
      fields.push({ field, bytes: message.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}
