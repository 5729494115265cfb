import { createMessage, type Message } from './protobuf.ts';

/** Names of the element types used here, with their numbers in `onnx.proto`. */
const ELEMENT_TYPES = { float32: 1, uint8: 2, int8: 3, int64: 7, float16: 10 } as const;

type ElementType = keyof typeof ELEMENT_TYPES;
type Stored = Float32Array | BigInt64Array | Uint8Array | Int8Array | Uint16Array;
/** A fixed size, or the name of a size that is only known when the model runs, such as `batch`. */
type Dimension = number | string;
/** An operator's setting: a whole number, a list of them, or `{ float }`. */
type Attribute = number | readonly number[] | { readonly float: number };

/** An ONNX graph under construction: nodes name their inputs and outputs, and that is all that connects them. */
export interface OnnxGraph {
  /** Adds a node with one output and returns the output's name. */
  node(operator: string, inputs: readonly string[], attributes?: Record<string, Attribute>): string;
  /** Adds a node with several outputs and returns their names. */
  nodes(
    operator: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: Record<string, Attribute>,
  ): string[];
  input(name: string, type: ElementType, dims: readonly Dimension[]): string;
  /** Gives an inner value the public name `name`. */
  output(name: string, value: string, dims: readonly Dimension[]): void;
  /** A tensor stored in the file: a weight. */
  weight(name: string, dims: readonly number[], values: Float32Array): string;
  /** A stored tensor of another element type; the values' bytes are taken as they are. */
  tensor(name: string, type: ElementType, dims: readonly number[], values: Stored): string;
  /** A constant scalar. */
  scalar(value: number): string;
  /** A constant vector of whole numbers, for shapes and axes. */
  integers(values: readonly number[]): string;
  /** The `.onnx` file: IR version 8, operator set 17. */
  finish(metadata?: Record<string, string>): Uint8Array;
}

// Field numbers are those of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto, AttributeProto.
const IR_VERSION = 8;
const OPERATOR_SET = 17;
// Operators that onnxruntime adds to those of ONNX.
const CONTRIBUTED = new Set(['MatMulNBits']);
const CONTRIBUTED_DOMAIN = 'com.microsoft';

/** An empty graph. */
export function createOnnxGraph(): OnnxGraph {
  const nodeList: Message[] = [];
  const weights: Message[] = [];
  const inputs: Message[] = [];
  const outputs: Message[] = [];
  let made = 0;
  let usesContributed = false;
  const freshName = (): string => `v${made++}`;

  const addNode = (
    operator: string,
    from: readonly string[],
    to: readonly string[],
    attributes: Record<string, Attribute>,
  ): void => {
    const node = createMessage();
    usesContributed ||= CONTRIBUTED.has(operator);
    for (const name of from) node.text(1, name);
    for (const name of to) node.text(2, name);
    node.text(4, operator);
    if (CONTRIBUTED.has(operator)) node.text(7, CONTRIBUTED_DOMAIN);
    for (const [name, value] of Object.entries(attributes))
      node.message(5, describeAttribute(name, value));
    nodeList.push(node);
  };

  const addTensor = (
    name: string,
    type: ElementType,
    dims: readonly number[],
    values: Stored,
  ): string => {
    const tensor = createMessage();
    for (const size of dims) tensor.integer(1, size);
    tensor.integer(2, ELEMENT_TYPES[type]).text(8, name);
    tensor.bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    weights.push(tensor);
    return name;
  };

  const graph: OnnxGraph = {
    node(operator, from, attributes = {}) {
      const name = freshName();
      addNode(operator, from, [name], attributes);
      return name;
    },
    nodes(operator, from, count, attributes = {}) {
      const names = Array.from({ length: count }, freshName);
      addNode(operator, from, names, attributes);
      return names;
    },
    input(name, type, dims) {
      inputs.push(describeValue(name, type, dims));
      return name;
    },
    output(name, value, dims) {
      addNode('Identity', [value], [name], {});
      outputs.push(describeValue(name, 'float32', dims));
    },
    tensor: addTensor,
    weight: (name, dims, values) => addTensor(name, 'float32', dims, values),
    scalar: (value) => addTensor(freshName(), 'float32', [], Float32Array.of(value)),
    integers: (values) =>
      addTensor(freshName(), 'int64', [values.length], BigInt64Array.from(values, BigInt)),
    finish(metadata = {}) {
      const body = createMessage();
      for (const node of nodeList) body.message(1, node);
      body.text(2, 'graph');
      for (const tensor of weights) body.message(5, tensor);
      for (const value of inputs) body.message(11, value);
      for (const value of outputs) body.message(12, value);
      const model = createMessage().integer(1, IR_VERSION).text(2, 'day-two').message(7, body);
      model.message(8, createMessage().text(1, '').integer(2, OPERATOR_SET));
      if (usesContributed)
        model.message(8, createMessage().text(1, CONTRIBUTED_DOMAIN).integer(2, 1));
      for (const [key, value] of Object.entries(metadata))
        model.message(14, createMessage().text(1, key).text(2, value));
      return model.finish();
    },
  };
  return graph;
}

function describeAttribute(name: string, value: Attribute): Message {
  const attribute = createMessage().text(1, name);
  if (typeof value === 'number') return attribute.integer(3, value).integer(20, 2);
  if ('float' in value) return attribute.float(2, value.float).integer(20, 1);
  for (const item of value) attribute.integer(8, item);
  return attribute.integer(20, 7);
}

function describeValue(name: string, type: ElementType, dims: readonly Dimension[]): Message {
  const shape = createMessage();
  for (const size of dims) {
    const dimension = createMessage();
    shape.message(
      1,
      typeof size === 'number' ? dimension.integer(1, size) : dimension.text(2, size),
    );
  }
  const tensor = createMessage().integer(1, ELEMENT_TYPES[type]).message(2, shape);
  return createMessage().text(1, name).message(2, createMessage().message(1, tensor));
}
