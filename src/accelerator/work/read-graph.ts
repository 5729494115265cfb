import { fieldsOf, type Field } from '#models/protobuf-fields.ts';

/** One operator of a model's graph. */
interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What a model's file says of its work: operators, and the shapes and bytes of what is stored. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly stored: ReadonlyMap<
    string,
    { readonly dims: readonly number[]; readonly bytes: number }
  >;
}

// Field numbers of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto.
const MODEL = { graph: 7 };
const GRAPH = { node: 1, initializer: 5 };
const NODE = { input: 1, output: 2, operator: 4 };
const TENSOR = { dims: 1, name: 8, raw: 9 };

/** Reads an `.onnx` file of float32 weights; throws when it has no graph. */
export function readGraph(file: Uint8Array): Graph {
  const graph = messages(fieldsOf(file), MODEL.graph)[0];
  if (!graph) throw new Error('The file has no graph: it is not an ONNX model.');
  const fields = fieldsOf(graph);
  return {
    nodes: messages(fields, GRAPH.node).map((bytes) => {
      const node = fieldsOf(bytes);
      return {
        operator: texts(node, NODE.operator)[0] ?? '',
        inputs: texts(node, NODE.input),
        outputs: texts(node, NODE.output),
      };
    }),
    stored: new Map(
      messages(fields, GRAPH.initializer).map((bytes) => {
        const tensor = fieldsOf(bytes);
        const dims = tensor
          .filter(({ field }) => field === TENSOR.dims)
          .map(({ value = 0 }) => value);
        const raw = messages(tensor, TENSOR.raw)[0]?.length ?? 0;
        return [texts(tensor, TENSOR.name)[0] ?? '', { dims, bytes: raw }];
      }),
    ),
  };
}

function messages(fields: readonly Field[], wanted: number): Uint8Array[] {
  return fields.flatMap(({ field, bytes }) => (field === wanted && bytes ? [bytes] : []));
}

function texts(fields: readonly Field[], wanted: number): string[] {
  return messages(fields, wanted).map((bytes) => new TextDecoder().decode(bytes));
}
