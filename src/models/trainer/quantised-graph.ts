import type { OnnxGraph } from './onnx-graph.ts';
import {
  quantiseBlocks,
  quantiseColumns,
  toFloat16,
  turned,
  type Matrix,
  type Scheme,
} from './quantise.ts';

const BLOCK = 32;
const BITS = { int8: 8, int4: 4, int2: 2 } as const;
// A small matrix saves next to nothing, and its scales would cost more.
const SMALLEST = 1024;

/**
 * A graph that stores its matrices in fewer bits. Whoever writes a model into it does not notice: products with, and
 * look-ups in, a stored matrix become the operations that work on the smaller numbers.
 */
export function quantisedGraph(graph: OnnxGraph, scheme: Scheme): OnnxGraph {
  const matrices = new Map<string, Matrix>();
  const stored = new Set<string>();
  let made = 0;

  /** A matrix may be used several times, as a shared block uses it, and is stored once. */
  const once = (name: string, store: () => string): string => {
    if (stored.has(name)) return name;
    stored.add(name);
    return store();
  };
  const target: OnnxGraph = {
    ...graph,
    weight: (name, dims, values) => once(name, () => graph.weight(name, dims, values)),
    tensor: (name, type, dims, values) => once(name, () => graph.tensor(name, type, dims, values)),
  };
  /** Anything but a product or a look-up needs the matrix as it was. */
  const asFloats = (name: string): string => {
    const matrix = matrices.get(name);
    return matrix ? target.weight(name, [matrix.rows, matrix.columns], matrix.values) : name;
  };
  const special = (
    operator: string,
    [first = '', second = '']: readonly string[],
  ): string | undefined => {
    const [left, right] = [matrices.get(first), matrices.get(second)];
    if (operator === 'MatMul' && right) return multiply(target, scheme, first, right, second);
    if (operator === 'Gather' && left) return lookUp(target, scheme, left, first, second);
    if (operator !== 'Transpose' || !left) return undefined;
    const name = `${first}.turned${made++}`;
    matrices.set(name, turned(left));
    return name;
  };
  return {
    ...graph,
    node: (operator, inputs, attributes) =>
      special(operator, inputs) ?? graph.node(operator, inputs.map(asFloats), attributes),
    weight(name, dims, values) {
      const [rows, columns] = dims;
      if (rows === undefined || columns === undefined || values.length < SMALLEST)
        return graph.weight(name, dims, values);
      matrices.set(name, { rows, columns, values });
      return name;
    },
  };
}

function multiply(
  graph: OnnxGraph,
  scheme: Scheme,
  x: string,
  matrix: Matrix,
  name: string,
): string {
  const { rows, columns } = matrix;
  if (scheme === 'fp16') return graph.node('MatMul', [x, fromHalf(graph, name, matrix)]);
  if (scheme === 'int8-dynamic') {
    const { values, scales } = quantiseColumns(matrix);
    const [levels = '', step = '', zero = ''] = graph.nodes('DynamicQuantizeLinear', [x], 3);
    const product = graph.node('MatMulInteger', [
      levels,
      graph.tensor(`${name}.int8`, 'int8', [rows, columns], values),
      zero,
    ]);
    const scale = graph.node('Mul', [step, graph.weight(`${name}.scales`, [columns], scales)]);
    return graph.node('Mul', [graph.node('Cast', [product], { to: 1 }), scale]);
  }
  const bits = BITS[scheme];
  const { values, scales } = quantiseBlocks(matrix, bits, BLOCK);
  const blocks = Math.ceil(rows / BLOCK);
  const inputs = [
    x,
    graph.tensor(`${name}.int${bits}`, 'uint8', [columns, blocks, (BLOCK * bits) / 8], values),
    graph.weight(`${name}.scales`, [columns * blocks], scales),
  ];
  return graph.node('MatMulNBits', inputs, { K: rows, N: columns, bits, block_size: BLOCK });
}

/** Tables stay at 8 bits under every integer scheme: a row is read, not summed, so its errors do not average out. */
function lookUp(
  graph: OnnxGraph,
  scheme: Scheme,
  matrix: Matrix,
  name: string,
  ids: string,
): string {
  if (scheme === 'fp16') return graph.node('Gather', [fromHalf(graph, name, matrix), ids]);
  const { values, scales } = quantiseColumns(turned(matrix));
  const rows = turned({
    rows: matrix.columns,
    columns: matrix.rows,
    values: Float32Array.from(values),
  });
  const table = graph.tensor(
    `${name}.rows`,
    'int8',
    [matrix.rows, matrix.columns],
    Int8Array.from(rows.values),
  );
  const levels = graph.node('Cast', [graph.node('Gather', [table, ids])], { to: 1 });
  return graph.node('Mul', [
    levels,
    graph.node('Gather', [graph.weight(`${name}.row-scales`, [matrix.rows, 1], scales), ids]),
  ]);
}

function fromHalf(graph: OnnxGraph, name: string, { rows, columns, values }: Matrix): string {
  return graph.node(
    'Cast',
    [graph.tensor(`${name}.fp16`, 'float16', [rows, columns], toFloat16(values))],
    { to: 1 },
  );
}
